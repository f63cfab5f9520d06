package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls over TLS, with a certificate made by the JDK's keytool.
@Timeout(60)
class TlsCallingTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Alarms ALARMS = new Alarms();

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void makeCertificate() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-keystore",
                folder.resolve("keys.p12").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  @AfterAll
  static void close() {
    ALARMS.close();
  }

  private static SSLContext context() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static ScriptedServer server() throws Exception {
    return new ScriptedServer(
        context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        it -> {
          while (!it.request().isEmpty()) {
            it.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          }
        });
  }

  private static HttpOutcome get(RealCalling calling, String url) {
    CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    calling.call(new HttpCall("GET", url, Map.of(), new byte[0], 20_000), outcome::complete);
    return outcome.join();
  }

  @Test
  void aTrustedServerIsCalledOverAKeptConnection() throws Exception {
    RealCalling calling =
        new RealCalling(new TestClock(), ALARMS, () -> context().getSocketFactory());
    try (ScriptedServer server = server()) {
      String url = "https://localhost:" + server.port() + "/";
      for (int i = 0; i < 3; i++) {
        assertThat(get(calling, url)).isInstanceOf(HttpOutcome.Answered.class);
      }
      assertThat(server.requests).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
    } finally {
      calling.close();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    RealCalling calling =
        new RealCalling(new TestClock(), ALARMS, () -> context().getSocketFactory());
    try (ScriptedServer server = server()) {
      assertThat(get(calling, "https://127.0.0.1:" + server.port() + "/secret"))
          .isInstanceOfSatisfying(
              HttpOutcome.Failed.class,
              failed -> assertThat(failed.reason()).contains("TLS: ").doesNotContain("secret"));
      assertThat(server.requests).isEmpty();
    } finally {
      calling.close();
    }
  }

  @Test
  void aServerNobodyVouchesForIsRefused() throws Exception {
    RealCalling calling = new RealCalling(new TestClock(), ALARMS);
    try (ScriptedServer server = server()) {
      assertThat(get(calling, "https://localhost:" + server.port() + "/"))
          .isInstanceOfSatisfying(
              HttpOutcome.Failed.class, failed -> assertThat(failed.reason()).contains("TLS: "));
      assertThat(server.requests).isEmpty();
    } finally {
      calling.close();
    }
  }
}
