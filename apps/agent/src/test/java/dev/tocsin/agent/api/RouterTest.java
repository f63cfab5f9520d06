package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router =
      new Router()
          .add("GET POST", "/api/v1/x", request -> HttpReply.text(200, request.method()))
          .add(
              "GET",
              "/breaks",
              _ -> {
                throw new IllegalStateException("broken");
              })
          .add("POST", "/form", request -> HttpReply.text(200, Form.of(request).get("a")));

  private HttpReply ask(String method, String path) throws IOException {
    return router.handle(new FakeRequest(method, path, "", ""));
  }

  private static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void headIsAnsweredWhereGetIs() throws IOException {
    assertThat(ask("HEAD", "/api/v1/x").status()).isEqualTo(200);
    assertThat(ask("HEAD", "/form").status()).isEqualTo(405);
  }

  @Test
  void anotherMethodIsToldWhichAreAllowed() throws IOException {
    HttpReply reply = ask("DELETE", "/api/v1/x");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, POST");
  }

  @Test
  void unknownPathsOfTheApiAreJson() throws IOException {
    HttpReply reply = ask("GET", "/api/v1/nope");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(text(reply))
        .isEqualTo("{\"status\":\"error\",\"errorType\":\"not_found\",\"error\":\"no such path\"}");
    assertThat(text(ask("GET", "/api/v1/x/"))).contains("not_found");
    assertThat(text(ask("GET", "/nope"))).isEqualTo("404 page not found\n");
  }

  @Test
  void aBodyBeyondItsLimitIs413() throws IOException {
    String large = "a=" + "b".repeat(Form.BYTES_MAX);
    assertThat(router.handle(new FakeRequest("POST", "/form", "", large)).status()).isEqualTo(413);
  }

  @Test
  void everyAnswerIsCountedUnderItsRouteAndFailuresAs500() throws IOException {
    ask("GET", "/api/v1/x");
    ask("POST", "/api/v1/x");
    ask("GET", "/made/up");
    ask("GET", "/made/up/too");
    assertThatThrownBy(() -> ask("GET", "/breaks")).hasMessage("broken");
    assertThat(router.answered())
        .isEqualTo(
            Map.of(
                new Router.Answered("/api/v1/x", 200),
                2L,
                new Router.Answered("other", 404),
                2L,
                new Router.Answered("/breaks", 500),
                1L));
  }
}
