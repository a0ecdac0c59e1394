package dev.gatlingllm.experiment.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadsTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("payloads.jsonl"),
            """
            {"messages": [{"role": "user", "content": "one"}], "max_tokens": 11}
            {"messages": [{"role": "user", "content": "two"}], "temperature": 0.2}
            """);
  }

  private Payloads payloads(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("llm.payloads.path=" + file);
    return Payloads.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private static List<LlmRequest> played(Payloads payloads) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(50));
    try (Stage stage = Stage.of(payloads.settings(), service)) {
      stage.play(payloads.inject(LlmActionBuilder.named(session -> "chat")));
      return List.copyOf(service.requests());
    }
  }

  private static List<String> texts(List<LlmRequest> requests) {
    return requests.stream().map(request -> request.messages().get(0).text()).toList();
  }

  @Test
  void allClientsTogetherSendEveryPayloadOnceInEachPass() {
    List<LlmRequest> sent =
        played(
            payloads("llm.payloads.clients=3", "llm.payloads.passes=2", "llm.payloads.order=file"));

    assertThat(texts(sent)).containsExactly("one", "two", "one", "two");
    assertThat(sent.get(0).maxTokens()).hasValue(11);
    assertThat(sent.get(1).parameters().numbers().get(Parameter.TEMPERATURE)).isEqualTo(0.2);
  }

  @Test
  void eachClientSendsEveryPayloadInAnOrderOfItsOwn() {
    List<String> sent =
        texts(played(payloads("llm.payloads.clients=4", "llm.payloads.sentBy=eachClient")));

    assertThat(sent).hasSize(8);
    assertThat(sent.stream().filter("one"::equals)).hasSize(4);
    assertThat(sent.subList(0, 4)).contains("one", "two");
  }

  @Test
  void aFeederGoesRoundWithoutEnd() {
    Iterator<Map<String, Object>> feeder = payloads("llm.payloads.order=file").feeder();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Payload payload = (Payload) feeder.next().get(Payloads.ATTRIBUTE);
      sources.add(payload.request().messages().get(0).text());
    }
    assertThat(sources).containsExactly("one", "two", "one", "two", "one");
  }

  @Test
  void theWarmUpPlansThePayloadsAndChecksEveryOneOfThem() {
    ExpectedLoad planned = payloads("llm.payloads.clients=3").expectedLoad();
    assertThat(planned.text()).isEqualTo("3 clients with 2 payloads");
    assertThat(planned.ofFiles()).hasSize(2);
    assertThat(planned.requests().get().messages().get(0).text()).isEqualTo("one");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Payloads.of(Stage.settings(folder, "llm.payloads.path=nowhere.jsonl")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.payloads: ");
  }
}
