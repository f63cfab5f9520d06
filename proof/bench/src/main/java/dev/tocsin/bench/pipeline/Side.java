package dev.tocsin.bench.pipeline;

/// Something that takes batches of events and brings them to the disk. [#hand] is called by several
/// threads, each with its own number.
interface Side extends AutoCloseable {
  /// Hands over one batch; waits while there is no room.
  ///
  /// @param dueNanos when it was due, for the course; 0: it is not timed
  /// @param turn of this producer, ascending
  void hand(int producer, long turn, long dueNanos);

  /// Events that are written.
  long written();

  @Override
  void close();
}
