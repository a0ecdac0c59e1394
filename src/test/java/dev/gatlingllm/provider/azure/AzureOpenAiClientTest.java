package dev.gatlingllm.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.chat.ChatBodyContract;
import dev.gatlingllm.provider.chat.ChatClientContract;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.chat.StubServer;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AzureOpenAiClientTest extends ChatBodyContract {

  @Override
  protected LlmClient client(
      URI address, Optional<Secret> key, Duration connectTimeout, NanoClock clock) {
    return new AzureOpenAiClient(settings(address, key, "2024-10-21", connectTimeout, clock));
  }

  private static AzureOpenAiSettings settings(
      URI address,
      Optional<Secret> key,
      String apiVersion,
      Duration connectTimeout,
      NanoClock clock) {
    return new AzureOpenAiSettings(
        address,
        "gpt-test",
        apiVersion,
        key,
        "max_tokens",
        ClientSettings.of(connectTimeout, 100, clock));
  }

  @Override
  protected String keyHeader() {
    return "api-key";
  }

  @Override
  protected String keyHeaderValue() {
    return KEY;
  }

  private StubServer.Request sent(LlmRequest request, String apiVersion) throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    remember(
            new AzureOpenAiClient(
                settings(
                    URI.create(server.address() + "/"),
                    Optional.of(Secret.of(KEY)),
                    apiVersion,
                    Duration.ofSeconds(30),
                    NanoClock.SYSTEM)))
        .start(request, listener);
    listener.awaitEnd();
    assertThat(server.requests()).hasSize(1);
    return server.requests().get(0);
  }

  @Test
  void isNamedAzureOpenAi() {
    LlmClient client = remember(client(URI.create("http://127.0.0.1:1"), NanoClock.SYSTEM));

    assertThat(client.provider()).isEqualTo("azure-openai");
  }

  @Test
  void sendsAnApiVersionThatTheSdkDoesNotKnow() throws Exception {
    assertThat(sent(PROMPT, "2031-01-01-preview").path())
        .isEqualTo("/openai/deployments/gpt-test/chat/completions?api-version=2031-01-01-preview");
  }

  @Test
  void sendsAnApiVersionThatTheSdkKnows() throws Exception {
    assertThat(sent(PROMPT, "2024-06-01").path())
        .isEqualTo("/openai/deployments/gpt-test/chat/completions?api-version=2024-06-01");
  }

  @Test
  void sendsTheBodyAndNothingThatWasNotAskedFor() throws Exception {
    StubServer.Request request = sent(PROMPT, "2024-06-01");

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("user-agent")).startsWith("gatling-llm ");
    assertThat(request.body())
        .isEqualTo(
            """
            {"messages":[{"role":"user","content":"Say hello"}],"stream":true,\
            "stream_options":{"include_usage":true}}\
            """);
  }

  @Test
  void sendsEverythingThatWasAskedFor() throws Exception {
    LlmRequest request =
        LlmRequest.ofMessages(
                List.of(Message.system("Be brief"), Message.user("Hi"), Message.assistant("Yes?")))
            .withModel("gpt-other")
            .withParameters(
                Parameters.NONE
                    .withStop(List.of("END"))
                    .withExtraBody(Map.of("logit_bias", Map.of("50256", -100))))
            .withMaxTokens(64)
            .with(Parameter.TEMPERATURE, 0.5)
            .with(Parameter.TOP_P, 0.25)
            .with(Parameter.SEED, 7);

    StubServer.Request sent = sent(request, "2024-06-01");

    assertThat(sent.path()).startsWith("/openai/deployments/gpt-other/");
    assertThat(sent.body())
        .isEqualTo(
            """
            {"messages":[{"role":"system","content":"Be brief"},\
            {"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}],\
            "stream":true,"max_tokens":64,"temperature":0.5,"top_p":0.25,"seed":7,\
            "stop":["END"],"stream_options":{"include_usage":true},"logit_bias":{"50256":-100}}\
            """);
  }

  @Test
  void tellsACredentialThatCannotBeHadAsRejected() throws Exception {
    TokenCredential none =
        new EnvironmentCredential(
            () -> request -> Mono.error(new IllegalStateException("no credential here")));
    AzureOpenAiSettings settings =
        settings(
            URI.create("https://127.0.0.1:1"),
            Optional.empty(),
            "2024-06-01",
            Duration.ofSeconds(30),
            NanoClock.SYSTEM);
    RecordingListener listener = new RecordingListener();

    remember(new AzureOpenAiClient(settings, none)).start(PROMPT, listener);

    assertThat(listener.awaitEnd().failure())
        .isEqualTo(
            new Failure(Failure.Kind.REJECTED, 0, "IllegalStateException", "no credential here"));
  }

  @Test
  void asksForATokenOffTheCallersThread() throws Exception {
    StringBuilder thread = new StringBuilder();
    TokenCredential credential =
        new EnvironmentCredential(
            () ->
                request -> {
                  thread.append(Thread.currentThread().getName());
                  return Mono.error(new IllegalStateException("enough"));
                });
    AzureOpenAiSettings settings =
        settings(
            URI.create("https://127.0.0.1:1"),
            Optional.empty(),
            "2024-06-01",
            Duration.ofSeconds(30),
            NanoClock.SYSTEM);
    RecordingListener listener = new RecordingListener();

    remember(new AzureOpenAiClient(settings, credential)).start(PROMPT, listener);
    listener.awaitEnd();

    assertThat(thread.toString()).startsWith("boundedElastic-");
  }
}
