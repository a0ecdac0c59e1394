package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The simulated orchestrator as a stranger to this project would call it. */
class OrchestratorTest {

  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aNewConversationGetsAnIdAndAKnownOneKeepsIt() throws Exception {
    try (Simulator simulator = start(settings())) {
      String first = ask(simulator, "", "").body();
      assertThat(first).matches("\\{\"conversation_id\":\"" + ID + "\",\"answer\":\"( \\S+){4}\"}");
      String id = first.substring(20, 56);
      assertThat(ask(simulator, id, "").body()).contains("\"conversation_id\":\"" + id + "\"");
    }
  }

  @Test
  void anIdThatNoAnswerGaveIsRefused() throws Exception {
    try (Simulator simulator = start(settings())) {
      HttpResponse<String> refused = ask(simulator, "undefined", "");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("conversation_id must be one that an answer gave");
    }
  }

  @Test
  void theAnswerIsStreamedAsItIsAccepted() throws Exception {
    try (Simulator simulator = start(settings())) {
      HttpResponse<String> events = ask(simulator, "", "text/event-stream");
      assertThat(events.body())
          .contains("data: {\"conversation_id\":", "\"answer\":\" ")
          .endsWith("data: [DONE]\n\n");
      assertThat(ask(simulator, "", "text/plain").body()).matches(ID + " ( \\S+){4}");
    }
  }

  @Test
  void theFunctionKeyIsAskedFor() throws Exception {
    try (Simulator simulator = start(settings("apiKey = k"))) {
      assertThat(ask(simulator, "", "").statusCode()).isEqualTo(401);
      HttpRequest.Builder right = request(simulator, "", "").header("x-functions-key", "k");
      assertThat(send(right).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anApologyAndAnErrorTextAreAnswersOfStatus200() throws Exception {
    try (Simulator simulator = start(settings("faults.apology = 1"))) {
      assertThat(ask(simulator, "", "").body()).contains("\"answer\":\" Sorry, I am not\"");
    }
    try (Simulator simulator = start(settings("faults.errorText = 1"))) {
      assertThat(ask(simulator, "", "").body()).contains("\"answer\":\" An error occurred while\"");
    }
  }

  private static SimulatorSettings settings(String... changes) {
    return SimulatorConfig.of(
        "ttft = 1 ms, tokensPerSecond = 2000, outputTokens = 4", String.join(", ", changes));
  }

  private static Simulator start(SimulatorSettings settings) {
    return Simulator.start(settings, NanoClock.SYSTEM);
  }

  private HttpResponse<String> ask(Simulator simulator, String id, String accept)
      throws IOException, InterruptedException {
    return send(request(simulator, id, accept));
  }

  private static HttpRequest.Builder request(Simulator simulator, String id, String accept) {
    String body = "{\"conversation_id\":\"" + id + "\",\"question\":\"Why?\"}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(simulator.uri().resolve("/api/orc"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return accept.isEmpty() ? request : request.header("Accept", accept);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
