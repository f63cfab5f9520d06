package dev.tocsin.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.health.Dependency.Cure;
import dev.tocsin.world.net.HttpReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static Health health(String threads, String disk) {
    return new Health()
        .add(() -> new Dependency("threads", Cure.RESTART, threads))
        .add(() -> new Dependency("disk", Cure.OUTSIDE, disk));
  }

  private static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void allIsWell() {
    Health health = health("", "");
    assertThat(health.ready().status()).isEqualTo(200);
    assertThat(health.alive().status()).isEqualTo(200);
    assertThat(text(health.ready()))
        .isEqualTo(
            "{\"status\":\"ok\",\"dependencies\":[{\"name\":\"threads\",\"ok\":true},"
                + "{\"name\":\"disk\",\"ok\":true}]}\n");
  }

  @Test
  void whatLiesOutsideMakesItUnreadyAndNotDead() {
    Health health = health("", "is \"full\"");
    assertThat(health.ready().status()).isEqualTo(503);
    assertThat(text(health.ready()))
        .startsWith("{\"status\":\"unavailable\"")
        .contains("{\"name\":\"disk\",\"ok\":false,\"reason\":\"is \\\"full\\\"\"}");
    assertThat(health.alive().status()).isEqualTo(200);
  }

  @Test
  void aDeadPartOfTheProcessMakesItDead() {
    Health health = health("the engine died", "");
    assertThat(health.ready().status()).isEqualTo(503);
    assertThat(health.alive().status()).isEqualTo(503);
    assertThat(text(health.alive())).doesNotContain("disk");
  }
}
