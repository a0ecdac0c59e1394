package dev.gatlingllm.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.provider.transport.BearerTokens;
import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDiscoveryTest {

  @TempDir private Path bare;

  /** Clients on a machine of which nothing is known but these variables. */
  private ProviderClients clients(Map<String, String> environment, String... settings) {
    return new ProviderClients(
        Stage.settings(bare, settings), new CredentialTraces(environment::get, bare, bare));
  }

  private CallTarget closed(ProviderClients clients) {
    CallTarget target = clients.target();
    target.client().close();
    return target;
  }

  private void assertRefused(String beginning, String... settings) {
    assertThatThrownBy(() -> clients(Map.of(), settings).target())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(beginning);
  }

  @Test
  void aServerOfOneModelIsAskedForItsName() throws IOException {
    try (Models server = new Models("{\"data\": [{\"id\": \"only\"}]}")) {
      LlmClient client = closed(clients(Map.of(), server.settings())).client();
      assertThat(client.provider()).isEqualTo("openai");
      assertThat(client.defaultModel()).isEqualTo("only");
    }
  }

  @Test
  void aServerOfSeveralModelsOrNoneIsRefused() throws IOException {
    try (Models server = new Models("{\"data\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}")) {
      assertRefused("llm.openai.model must be set: the server has a, b", server.settings());
    }
    try (Models server = new Models("{\"data\": []}")) {
      assertRefused("llm.openai.model must be set: the server lists no model", server.settings());
    }
    try (Models server = new Models("no json")) {
      assertRefused("llm.openai.model must be set: the server at http://", server.settings());
    }
  }

  @Test
  void whyThereAreNoCredentialsIsSaid() {
    BearerTokens nobody =
        () ->
            CompletableFuture.failedFuture(
                new CredentialException(new IllegalStateException("the SSO session has expired")));
    OpenAiSettings settings =
        new OpenAiSettings(
                URI.create("http://127.0.0.1:9/v1"),
                "",
                Optional.empty(),
                KeyHeader.BEARER,
                AnswerFormat.CHAT,
                "max_tokens",
                ClientSettings.of(Duration.ofSeconds(1), 1, NanoClock.SYSTEM))
            .with(nobody);
    assertThatThrownBy(() -> ModelDiscovery.of(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("does not list its models (the SSO session has expired)");
  }

  /** A server that lists its models. */
  private static final class Models implements AutoCloseable {
    private final HttpServer server;

    Models(String list) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/models",
          exchange -> {
            byte[] bytes = list.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
              body.write(bytes);
            }
          });
      server.start();
    }

    String[] settings() {
      return new String[] {
        "llm.provider=openai",
        "llm.openai.baseUrl=http://127.0.0.1:" + server.getAddress().getPort() + "/v1"
      };
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
