package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.app.AppFormat;
import org.junit.jupiter.api.Test;

class LoneHttpClientTest {

  @Test
  void aCallOfNoUserTakesTheSameWayAsThoseOfUsers() {
    try (LoopbackApp app = new LoopbackApp(200, "{\"answer\": \"Paris\"}")) {
      AppFormat json = new AppFormat.Json(AppFormat.Path.of("text", "answer"), AppFormat.Path.NONE);
      Preparation.HttpTarget target =
          new Preparation.HttpTarget(
              app.address(), json, request -> "[\"" + request.messages().get(0).text() + "\"]");
      RecordingListener listener = new RecordingListener();
      try (LoneHttpClient client = new LoneHttpClient(app.core(), target)) {
        var unused = client.start(LlmRequest.ofPrompt("capital?"), listener);
        assertThat(listener.all()).containsExactly("sent", "head 200", "output Paris", "completed");
        assertThat(client.provider()).isEqualTo("http");
      }
      assertThat(app.bodies).containsExactly("[\"capital?\"]");
    }
  }
}
