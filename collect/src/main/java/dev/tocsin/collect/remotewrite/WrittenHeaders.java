package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.world.net.HttpReply;
import java.util.Map;
import java.util.TreeMap;

/// The headers of every answer to a 2.0 request: how many elements of each kind were written. A
/// sample that had come before counts, since it is there. Source: the remote write 2.0
/// specification, "Required `Written` Response Headers".
final class WrittenHeaders {
  private static final String PREFIX = "X-Prometheus-Remote-Write-";
  private static final String SAMPLES = PREFIX + "Samples-Written";
  private static final String HISTOGRAMS = PREFIX + "Histograms-Written";
  private static final String EXEMPLARS = PREFIX + "Exemplars-Written";

  private WrittenHeaders() {}

  static HttpReply addTo(HttpReply reply, WriteResult result) {
    int samples = 0;
    int histograms = 0;
    // Of what is not durable nothing counts: the sender comes again with all of it.
    if (result instanceof WriteResult.Written written && reply.status() < 500) {
      samples = written.floats();
      histograms = written.histograms();
    }
    Map<String, String> headers = new TreeMap<>(reply.headers());
    headers.put(SAMPLES, Integer.toString(samples));
    headers.put(HISTOGRAMS, Integer.toString(histograms));
    // There is no place for exemplars.
    headers.put(EXEMPLARS, "0");
    return new HttpReply(reply.status(), headers, reply.content());
  }
}
