package dev.tocsin.agent.api;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Finds who answers a path. Built once, then only read.
public final class Router implements HttpHandler {
  private record Route(List<String> methods, HttpHandler handler) {}

  /// What was answered: for `tocsin_http_requests_total`. Paths are those of the routes, so that
  /// nobody can make new ones.
  public record Answered(String path, int status) {}

  /// A route for paths with a name in the middle.
  private record NamedRoute(String prefix, String suffix, Route route) {
    boolean matches(String path) {
      int name = path.length() - prefix.length() - suffix.length();
      return name > 0
          && path.startsWith(prefix)
          && path.endsWith(suffix)
          && path.indexOf('/', prefix.length()) == prefix.length() + name;
    }

    /// What is counted instead of the name.
    String shown() {
      return prefix + ":name" + suffix;
    }
  }

  private final Map<String, Route> routes = new HashMap<>();
  private final List<NamedRoute> namedRoutes = new ArrayList<>();
  private final Map<Answered, LongAdder> answered = new ConcurrentHashMap<>();

  /// @param methods separated by blanks, as `GET POST`
  public Router add(String methods, String path, HttpHandler handler) {
    Route route = new Route(Arrays.asList(methods.split(" ")), handler);
    if (routes.put(path, route) != null) {
      throw new IllegalStateException("two routes for " + path);
    }
    return this;
  }

  /// For every path of this prefix and suffix and one piece between.
  public Router addNamed(String methods, String prefix, String suffix, HttpHandler handler) {
    Route route = new Route(Arrays.asList(methods.split(" ")), handler);
    namedRoutes.add(new NamedRoute(prefix, suffix, route));
    return this;
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    String shown = request.path();
    Route route = routes.get(shown);
    for (NamedRoute named : namedRoutes) {
      if (route == null && named.matches(request.path())) {
        route = named.route();
        shown = named.shown();
      }
    }
    // What a handler throws, the server answers with 500.
    int status = 500;
    try {
      HttpReply reply = route == null ? notFound(request) : answer(route, request);
      status = reply.status();
      return reply;
    } finally {
      Answered key = new Answered(route == null ? "other" : shown, status);
      answered.computeIfAbsent(key, _ -> new LongAdder()).increment();
    }
  }

  /// Counts since the start. Any thread.
  public Map<Answered, Long> answered() {
    Map<Answered, Long> copy = new HashMap<>();
    answered.forEach((key, count) -> copy.put(key, count.sum()));
    return copy;
  }

  private static HttpReply notFound(HttpRequest request) {
    boolean api = request.path().startsWith("/api/");
    return api
        ? ApiReply.error(new ApiException(ApiException.Kind.NOT_FOUND, "no such path"))
        : HttpReply.text(404, "404 page not found\n");
  }

  private static HttpReply answer(Route route, HttpRequest request) throws IOException {
    boolean head = request.method().equals("HEAD") && route.methods.contains("GET");
    if (!head && !route.methods.contains(request.method())) {
      HttpReply plain = HttpReply.text(405, "method not allowed\n");
      Map<String, String> headers = new HashMap<>(plain.headers());
      headers.put("Allow", String.join(", ", route.methods));
      return new HttpReply(405, headers, plain.content());
    }
    try {
      return route.handler.handle(request);
    } catch (ApiException e) {
      return ApiReply.error(e);
    } catch (HttpRequest.BodyTooLargeException e) {
      return HttpReply.text(413, e.getMessage() + "\n");
    }
  }
}
