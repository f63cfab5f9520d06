package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FormTest {
  @Test
  void readsTheQuery() throws IOException {
    Form form = Form.of(FakeRequest.get("/?query=a%2Bb+c&&empty=&bare&n[]=1&n%5B%5D=2"));
    assertThat(form.get("query")).isEqualTo("a+b c");
    assertThat(form.get("empty")).isEmpty();
    assertThat(form.get("bare")).isEmpty();
    assertThat(form.get("absent")).isEmpty();
    assertThat(form.all("n[]")).containsExactly("1", "2");
  }

  @Test
  void whatIsPostedComesBeforeTheQuery() throws IOException {
    Form form = Form.of(FakeRequest.post("query=of+query&time=1", "query=posted"));
    assertThat(form.get("query")).isEqualTo("posted");
    assertThat(form.all("query")).containsExactly("posted", "of query");
    assertThat(form.get("time")).isEqualTo("1");
  }

  @Test
  void aBrokenEscapeIsBadData() {
    assertThatThrownBy(() -> Form.of(FakeRequest.get("/?query=%zz")))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("error parsing form values: invalid URL escape \"%");
  }

  @Test
  void parametersAreCounted() throws IOException {
    assertThat(Form.of(FakeRequest.get("/?" + "a=1&".repeat(1000))).all("a")).hasSize(1000);
    assertThatThrownBy(() -> Form.of(FakeRequest.get("/?" + "a=1&".repeat(1001))))
        .hasMessage("too many parameters");
  }

  @Test
  void aFormBeyondItsLimitIsNotRead() {
    String posted = "query=" + "a".repeat(Form.BYTES_MAX);
    assertThatThrownBy(() -> Form.of(FakeRequest.post("", posted)))
        .isInstanceOf(HttpRequest.BodyTooLargeException.class);
  }
}
