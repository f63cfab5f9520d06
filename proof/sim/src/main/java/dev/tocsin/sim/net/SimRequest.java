package dev.tocsin.sim.net;

import java.util.Map;
import java.util.TreeMap;

/// A request on the simulated network.
///
/// @param path decoded, without the query
/// @param query encoded; empty where there is none
/// @param headers names in lower case
public record SimRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {
  public SimRequest {
    headers = new TreeMap<>(headers);
  }

  public static SimRequest get(String path) {
    return new SimRequest("GET", path, "", Map.of(), new byte[0]);
  }

  public static SimRequest post(String path, String contentType, byte[] body) {
    return new SimRequest("POST", path, "", Map.of("content-type", contentType), body);
  }

  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + body.length;
  }
}
