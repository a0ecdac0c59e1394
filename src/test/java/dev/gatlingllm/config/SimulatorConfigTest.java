package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.Jitter;
import dev.gatlingllm.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code llm.simulator}: one key for each component of the simulated endpoint's settings. */
class SimulatorConfigTest {

  private static final Config DOCUMENTED =
      ConfigFactory.parseResources("reference.conf").resolve().getConfig("llm.simulator");

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsSetByItsKey(Fault fault) {
    LlmConfig run = run("llm.simulator.faults." + fault.key(), "0.25");
    assertThat(run.simulator().settings().faults().faults()).isEqualTo(Map.of(fault, 0.25));
  }

  @Test
  void thePublishedFaultsAreExactlyThoseThatThereAre() {
    assertThat(DOCUMENTED.getObject("faults").keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Fault.values()).map(Fault::key).toList());
  }

  /** The wire belongs to the provider: the endpoint answers whoever calls. */
  @Test
  void thePublishedKeysAreExactlyTheComponents() {
    assertThat(DOCUMENTED.root().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("wire"), keys(SimulatorSettings.class)).toList());
  }

  private static Stream<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.getType().isRecord()
                    ? keys(component.getType())
                    : Stream.of(component.getName()));
  }

  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    SimulatorSettings defaults = SimulatorConfig.of();
    assertThat(defaults.latency().ttft()).isEqualTo(Duration.ofMillis(200));
    assertThat(defaults.latency().prefillPerToken()).isEqualTo(Duration.ofNanos(50_000));
    assertThat(defaults.latency().jitter()).isEqualTo(Jitter.uniform(0.1));
    assertThat(defaults.answer().outputTokens()).isEmpty();
    assertThat(defaults.answer().reasoningStreamed()).isTrue();
    assertThat(defaults.limits().capacity()).isEqualTo(10);
    assertThat(defaults.limits().requestsPerMinute()).isEmpty();
    assertThat(defaults.faults().faults()).isEmpty();
    assertThat(defaults.server().utilizationPercent()).isEmpty();
    assertThat(defaults.process().recordedCalls()).isEqualTo(10_000);
    assertThat(defaults.process().apiKey()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ttft, 300 ms, PT0.3S",
    "tokensPerSecond, 80.5, 80.5",
    "interChunkJitter, lognormal:0.3, LogNormal[sigma=0.3]",
    "outputTokens, 64, OptionalInt[64]",
    "reasoningStreamed, false, false",
    "cachedFraction, 0.5, 0.5",
    "queueLimit, 8, OptionalInt[8]",
    "tokensPerMinute, 60000, OptionalLong[60000]",
    "burst, 1 min, PT1M",
    "utilizationPercent, 41.7, OptionalDouble[41.7]",
    "port, 8080, 8080",
    "truth, calls.jsonl, Optional[calls.jsonl]",
    "seed, -1, -1",
  })
  void aSettingIsReadByItsType(String key, String value, String read) {
    assertThat(SimulatorConfig.of(key + " = \"" + value + '"').toString())
        .contains(key + "=" + read);
  }

  @Test
  void interChunkLatenciesVaryAsTheFirstTokenUnlessTheyHaveTheirOwnJitter() {
    assertThat(SimulatorConfig.of("jitter = 0.2").latency().interChunkJitter())
        .isEqualTo(Jitter.uniform(0.2));
    assertThat(
            SimulatorConfig.of("jitter = 0.2, interChunkJitter = 0").latency().interChunkJitter())
        .isEqualTo(Jitter.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capacity|0|must be a whole number of at least 1, was 0",
        "capacity|few|must be a whole number of at least 1, was \"few\"",
        "port|70000|must be a whole number from 0 to 65535, was 70000",
        "tokensPerChunk|5000|must be a whole number from 1 to 1000, was 5000",
        "requestsPerMinute|1000000000|must be a whole number from 1 to 100000000, was 1000000000",
        "queueLimit|-1|must be a whole number of at least 0, was -1",
        "seed|x|must be a whole number, was \"x\"",
        "tokensPerSecond|0|must be a number above 0, was 0",
        "cachedFraction|1.5|must be a number from 0 to 1, was 1.5",
        "ttft|2 h|must be a duration from 0 to 3600 s, such as 500 ms, 30 s or 2 min, was \"2 h\"",
        "burst|0 s|must be a duration from 0.001 to 60 s, such as 500 ms, 30 s or 2 min, was"
            + " \"0 s\"",
        "retryAfter|perhaps|must be true or false, was \"perhaps\"",
        "jitter|2|must be a share from 0 to 1, or lognormal:SIGMA with SIGMA from 0 to 3, was 2",
        "faults.cut|2|must be a share from 0 to 1, was 2",
      })
  void aValueThatCannotBeUsedIsRefusedWithItsKeyAndWhatIsAccepted(
      String key, String value, String message) {
    assertThatThrownBy(() -> process("llm.simulator." + key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.simulator." + key + " " + message);
  }

  @Test
  void sharesOfFaultsThatAddUpToMoreThanOneAreRefused() {
    assertThatThrownBy(() -> SimulatorConfig.of("faults { cut = 0.75, throttle = 0.5 }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.simulator.faults must be shares that add up to at most 1, was 1.25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bind", "port", "apiKey", "recordedCalls", "truth", "seed"})
  void aRunRefusesWhatItDecidesForItself(String key) {
    assertThatThrownBy(() -> run("llm.simulator." + key, "2"))
        .hasMessageStartingWith(
            "unknown key llm.simulator." + key + "; llm.simulator accepts burst");
    assertThat(run().effective()).doesNotContainKey("llm.simulator." + key);
    assertThat(process("llm.simulator." + key, "2")).isNotEqualTo(process());
  }

  @Test
  void aProcessHasTheSeedOfTheOtherSettingsUnlessItHasItsOwn() {
    assertThat(process("llm.seed", "7").process().seed()).isEqualTo(7);
    assertThat(process("llm.seed", "7", "llm.simulator.seed", "8").process().seed()).isEqualTo(8);
  }

  @Test
  void theKeyIsNotInTheText() {
    assertThat(SimulatorConfig.of("apiKey = very-secret").toString())
        .contains("apiKey=set")
        .doesNotContain("very-secret");
  }

  private static LlmConfig run(String... settings) {
    return LlmConfig.read(properties(settings));
  }

  private static SimulatorSettings process(String... settings) {
    return SimulatorConfig.ofProcess(properties(settings));
  }

  private static Properties properties(String... settings) {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return properties;
  }
}
