package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentsOfRunTest {

  @TempDir private Path folder;

  private final List<LlmClient> closed = new ArrayList<>();

  /** Answers at once, at the instant of the stage's clock. */
  private final class Second implements LlmClient {

    private final Stage stage;
    private final String name;

    Second(Stage stage, String name) {
      this.stage = stage;
      this.name = name;
    }

    @Override
    public String provider() {
      return name;
    }

    @Override
    public String defaultModel() {
      return "second model";
    }

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      long now = stage.clock.nanos();
      listener.sent(now);
      listener.output(now, OutputKind.CONTENT, "second");
      listener.completed(now);
      return () -> {};
    }

    @Override
    public void close() {
      closed.add(this);
    }
  }

  private Stage stage() {
    return Stage.of(settings(), PlayedService.answering(Duration.ofMillis(5)));
  }

  private LlmConfig settings(String... changes) {
    return Stage.settings(folder, changes);
  }

  private LlmProtocol protocol(Stage stage, LlmConfig config, Object target, Hook... hooks) {
    return new LlmProtocol(
        "example.Played",
        config,
        new Second(stage, "second"),
        TokenCounter.standard(),
        List.of(hooks),
        Preparation.NONE,
        List.of(),
        target);
  }

  private ComponentsOfRun run(Stage stage, LlmProtocol first) {
    ComponentsOfRun components =
        new ComponentsOfRun(
            stage.context(false).coreComponents(), (protocol, core) -> stage.components);
    assertThat(components.of(first)).isSameAs(stage.components);
    return components;
  }

  private static void call(Stage stage, LlmComponents components, String name) {
    CallTemplate template = Stage.template(name, "hello");
    new LlmAction(
            components,
            stage.context(false),
            template,
            new LlmChecks(template.checks()),
            Optional.empty(),
            stage.next)
        .$bang(stage.user());
    stage.advance(Duration.ofSeconds(1));
  }

  @Test
  void theCallsOfEachScenarioGoToTheTargetOfItsOwnProtocol() throws IOException {
    try (Stage stage = stage()) {
      ComponentsOfRun run = run(stage, protocol(stage, settings(), "a"));
      LlmComponents second = run.of(protocol(stage, settings("llm.request.temperature=0.5"), "b"));
      call(stage, stage.components, "chat");
      call(stage, second, "chat");

      List<CallRecord> records = stage.records();
      assertThat(records)
          .extracting(CallRecord::provider)
          .containsExactly(stage.service.provider(), "second");
      assertThat(records).extracting(CallRecord::model).contains("second model");
      assertThat(records)
          .extracting(CallRecord::labels)
          .containsExactly(Map.of("target", stage.service.provider()), Map.of("target", "second"));
      assertThat(stage.service.requests()).hasSize(1);
      RunInfo info = new RunFiles(stage.run.folder()).readInfo();
      assertThat(info.configuration())
          .containsEntry("targets.2.provider", "second")
          .containsEntry("targets.2.llm.request.temperature", "0.5")
          .doesNotContainKey("targets.2.llm.seed");
      assertThat(info.accounting().orElseThrow().sent()).isEqualTo(2);
    }
  }

  @Test
  void protocolsOfTheSameSettingsShareOneClientAndTheOthersAreClosed() {
    try (Stage stage = stage()) {
      ComponentsOfRun run = run(stage, protocol(stage, settings(), "same"));
      LlmProtocol again = protocol(stage, settings(), "same");

      assertThat(run.of(again)).isSameAs(stage.components);
      assertThat(run.of(again)).isSameAs(stage.components);
      assertThat(closed).containsExactly(again.client());
      call(stage, stage.components, "chat");
      assertThat(stage.records().get(0).labels()).isEmpty();
    }
  }

  @Test
  void hooksOfAProtocolLearnOfItsCallsOnlyEvenIfTheTargetIsShared() {
    List<String> heard = new ArrayList<>();
    Hook hook =
        new Hook() {
          @Override
          public LlmRequest beforeCall(String name, LlmRequest request) {
            heard.add(name);
            return request;
          }
        };
    try (Stage stage = stage()) {
      ComponentsOfRun run = run(stage, protocol(stage, settings(), "same"));
      LlmComponents hooked = run.of(protocol(stage, settings(), "same", hook));
      call(stage, stage.components, "plain");
      call(stage, hooked, "hooked");

      assertThat(heard).containsExactly("hooked");
      assertThat(stage.service.requests()).hasSize(2);
    }
  }

  @Test
  void aSettingOfWhichARunHasOneValueMustNotDiffer() {
    try (Stage stage = stage()) {
      ComponentsOfRun run = run(stage, protocol(stage, settings(), "a"));
      LlmProtocol other = protocol(stage, settings("llm.stop.failures=50"), "b");

      assertThatThrownBy(() -> run.of(other))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("llm.stop.failures differs between the llm protocols");
    }
  }
}
