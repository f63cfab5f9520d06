package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;

/// How the body of one of the messages is read. The first pass is [#run]; the second reads again
/// what is asked for of a series that was kept. Both messages write samples alike.
sealed interface MessageScan permits RequestScan, RequestScanV2 {
  /// Checks all of the structure of a body and tells the [Findings]. Changes nothing outside of the
  /// decoder.
  void run(byte[] bytes, int length) throws MalformedException;

  /// Reads the labels of a series that lies between two offsets of the body into the block.
  void readLabels(int from, int end) throws MalformedException;

  /// The tag of a native histogram in a series.
  int histogramTag();

  /// Keeps no body alive between requests, and no large buffer.
  void forget();
}
