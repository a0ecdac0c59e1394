package dev.gatlingllm.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.input.AttachmentFolder;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.stats.Quantile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmConfigTest {

  private static LlmConfig read(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return LlmConfig.read(properties);
  }

  @Test
  void withoutSettingsTheMainJobIsHundredTwentyPerMinuteForThirtySecondsOnTheSimulatedAzure() {
    LlmConfig config = read();
    assertThat(config.provider()).isEqualTo(new ProviderConfig("simulator", "azure-openai"));
    assertThat(config.load().rpm()).hasValue(120);
    assertThat(config.load().duration()).hasValue(Duration.ofMinutes(1));
    assertThat(config.profile().shape()).isEqualTo("balanced");
    assertThat(config.profile().preventCaching()).isTrue();
  }

  @Test
  void theMainJobMakesEnoughCallsForItsP95WithinAMinute() {
    LoadConfig load = read().load();
    Duration duration = load.duration().orElseThrow();
    double calls = load.rpm().orElseThrow() * duration.toMillis() / 60_000;

    assertThat(calls).isGreaterThanOrEqualTo(Quantile.P95.needed());
    assertThat(duration).isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void clientsWithoutARateAreAClosedLoad() {
    assertThat(read("llm.load.clients", "8").load().rpm()).isEmpty();
    assertThat(read("llm.load.clients", "8", "llm.load.rpm", "30").load().rpm()).hasValue(30);
  }

  @Test
  void aSimulationsSplitHoldsUnlessTheUserSaysOtherwise() {
    assertThat(read().record().splitBy()).isEqualTo("auto");
    LlmConfig split = read().splitBy("clients");
    assertThat(split.record().splitBy()).isEqualTo("clients");
    assertThat(split.effective()).containsEntry("llm.record.splitBy", "clients");
    assertThat(read("llm.record.splitBy", "none").splitBy("clients").record().splitBy())
        .isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.load.rmp|60|unknown key llm.load.rmp; llm.load accepts arrivals, barrier, barrierTimeout,"
            + " burstiness, catchUp, clients, drain, duration, maxScheduleDelay, profile, requests, rpm,"
            + " share, startAt, timeServer, until",
        "llm.load.startAt|noon|llm.load.startAt must be an instant of UTC such as 2026-01-31T12:00:00Z, was"
            + " \"noon\"",
        "llm.load.timeServer|http://clock|llm.load.timeServer must be a host of an NTP server, such as"
            + " 10.0.0.7:1123, was \"http://clock\"",
        "llm.load.barrier|folder|llm.load.barrier needs llm.load.share, which says who is waited for: set it"
            + " to i/N",
        "llm.laod.rpm|60|unknown key llm.laod.rpm; llm accepts ab, anthropic, azure, batch, bedrock, calibration,",
        "llm.load.maxLag|1 s|unknown key llm.load.maxLag; its name is llm.load.maxScheduleDelay now",
        "llm.connections|9|unknown key llm.connections; its name is llm.maxConnections now",
        "llm.azure.key|x|unknown key llm.azure.key; llm.azure accepts apiVersion,",
        "llm.load.rpm|-5|llm.load.rpm must be a number above 0, was -5",
        "llm.load.rpm|0|llm.load.rpm must be a number above 0, was 0",
        "llm.load.share|3/3|llm.load.share must be i/N with N shares and i from 0 to N-1, such as 0/3, 1/3"
            + " and 2/3 on three machines, was \"3/3\"",
        "llm.load.share|first|llm.load.share must be i/N with N shares and i from 0 to N-1,",
        "llm.load.rpm|fast|llm.load.rpm must be a number above 0, was \"fast\"",
        "llm.load.requests|1.5|llm.load.requests must be a whole number of at least 1, was 1.5",
        "llm.load.duration|soon|llm.load.duration must be a duration above 0, such as 500 ms,"
            + " 30 s or 2 min, was \"soon\"",
        "llm.load.arrivals|often|llm.load.arrivals must be one of constant, poisson, gamma, was"
            + " \"often\"",
        "llm.profile.shape|tall|llm.profile.shape must be one of balanced, context, generation,"
            + " custom, was \"tall\"",
        "llm.profile.preventCaching|perhaps|llm.profile.preventCaching must be true or false, was"
            + " \"perhaps\"",
        "llm.slo.ttft.p95|0|llm.slo.ttft.p95 must be a duration above 0, such as 500 ms, was 0",
        "llm.load.duration|60|llm.load.duration must be a duration above 0, such as 500 ms, 30 s or 2 min, was"
            + " 60",
        "llm.slo.ttft.p95|800|llm.slo.ttft.p95 must be a duration above 0, such as 500 ms, was 800",
        "llm.slo.ttft.p0|1 s|unknown key llm.slo.ttft.p0; llm.slo.ttft accepts min, mean, max",
        "llm.slo.ttft|1 s|unknown key llm.slo.ttft; it is a group: set llm.slo.ttft.p95 and the like",
        "llm.labels|x|unknown key llm.labels; it is a group: set llm.labels.NAME with names of your own",
        "llm.slo.tokensPerSecond.p5|30d|llm.slo.tokensPerSecond.p5 must be a number of tokens per"
            + " second above 0, was \"30d\"",
        "llm.benchmarkParameters|a\0b|llm.benchmarkParameters cannot be read: Nul character not allowed",
        "llm.slo.ttft.best|1 s|unknown key llm.slo.ttft.best; llm.slo.ttft accepts min, mean, max",
        "llm.slo.ttftUser.mean|1 s|unknown key llm.slo.ttftUser.mean; llm.slo.ttftUser accepts max,",
        "llm.slo.e2eUser.p95|0|llm.slo.e2eUser.p95 must be a duration above 0, such as 500 ms, was 0",
        "llm.slo.goodput|101|llm.slo.goodput must be a percentage from 0 to 100, was 101",
        "llm.slo.tokensPerSecond.p5|-1|llm.slo.tokensPerSecond.p5 must be a number of tokens per"
            + " second above 0, was -1",
        "llm.warmUp|5 s|llm.warmUp is a group: set llm.warmUp.atMost to a duration such as 5 s",
        "llm.warmUp.atLeast|20 s|llm.warmUp.atLeast must be at most llm.warmUp.atMost (\"8 s\"), was"
            + " \"20 s\"",
        "llm.warmUp.target|on|llm.warmUp.target must be one of off, connect, calls, was \"on\"",
        "llm.warmUp.calls|0|llm.warmUp.calls must be a whole number of at least 1, was 0",
        "llm.calibration|off|unknown key llm.calibration; it is a group: llm.calibration accepts duration",
        "llm.calibration.duration|-1 s|llm.calibration.duration must be a duration of 0 or more,"
            + " such as 500 ms, 30 s or 2 min, was \"-1 s\"",
        "llm.gate.verdict|good|llm.gate.verdict must be one of none, trusted, degraded, was"
            + " \"good\"",
        "llm.gate.otherSettings|any|llm.gate.otherSettings must be one of refuse, accept, was \"any\"",
        "llm.simulator.faults.cut|2|llm.simulator.faults.cut must be a share from 0 to 1, was 2",
      })
  void aSettingThatCannotBeUsedIsRefusedWithItsKeyItsValueAndWhatIsAccepted(
      String key, String value, String message) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void minutesMayBeWrittenAsMin() {
    assertThat(read("llm.load.duration", "10min").load().duration())
        .hasValue(Duration.ofMinutes(10));
    assertThat(read("llm.load.duration", "10 min").load().duration())
        .hasValue(Duration.ofMinutes(10));
    assertThat(read("llm.load.duration", "2m").load().duration()).hasValue(Duration.ofMinutes(2));
  }

  @Test
  void aPercentileWithAFractionIsOneName() {
    assertThat(read("llm.slo.ttft.p99.9", "2 s").slo().ttft()).containsEntry("p99.9", 2_000.0);
    assertThat(read("llm.slo.ttft.p95", "500ms").slo().ttft()).containsEntry("p95", 500.0);
  }

  @Test
  void theCommandLineComesBeforeTheFileAndTheFileBeforeTheDefaults(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("mine.conf");
    Files.writeString(file, "llm { load { rpm = 4, duration = 180 s } }");
    LlmConfig config = read("llm.conf", file.toString(), "llm.load.rpm", "50");
    assertThat(config.load().rpm()).hasValue(50);
    assertThat(config.load().duration()).hasValue(Duration.ofMinutes(3));
    assertThat(config.load().arrivals()).isEqualTo(ArrivalProcess.CONSTANT);
  }

  @Test
  void aSettingsFileThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> read("llm.conf", "no-such.conf"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no-such.conf");
  }

  @Test
  void theEffectiveSettingsNameEveryKey() {
    assertThat(read("llm.load.rpm", "7.5").effective())
        .containsEntry("llm.load.rpm", "7.5")
        .containsEntry("llm.load.clients", "")
        .containsEntry("llm.profile.shape", "balanced");
  }

  @Test
  void aBedrockSimulationTurnsTheSimulatedEndpointIntoBedrock() {
    assertThat(read().speaking("bedrock").provider())
        .isEqualTo(new ProviderConfig("simulator", "bedrock"));
    LlmConfig openAi =
        read(
            "llm.provider", "openai",
            "llm.openai.model", "m",
            "llm.openai.baseUrl", "http://localhost:8000/v1");
    assertThatThrownBy(() -> openAi.speaking("bedrock"))
        .hasMessage(
            "llm.provider must be bedrock or simulator for this simulation, was \"openai\"");
  }

  @Test
  void withoutSettingsTheTargetGetsNothingBeforehandAndTheClientsErrorIsMeasured() {
    LlmConfig config = read();
    assertThat(config.warmUp())
        .isEqualTo(
            new WarmUpConfig(
                Duration.ZERO, Duration.ofSeconds(8), WarmUpConfig.Target.OFF, 100, 1, 5));
    assertThat(config.calibration().duration()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void readsWhatEveryCallAsksFor() {
    RequestConfig request =
        read(
                "llm.request.temperature", "0.5",
                "llm.request.n", "2",
                "llm.request.stop", "END",
                "llm.request.reasoningEffort", "low",
                "llm.request.extraBody.top_k", "5",
                "llm.request.extraBody.chat.thinking", "false",
                "llm.request.streaming", "false")
            .request();

    assertThat(request)
        .isEqualTo(
            new RequestConfig(
                new Parameters(
                    Map.of(Parameter.TEMPERATURE, 0.5, Parameter.CHOICES, 2),
                    "low",
                    List.of("END"),
                    Map.of("top_k", new BigDecimal(5), "chat", Map.of("thinking", false))),
                false,
                "",
                AttachmentFolder.NONE,
                HeaderTemplates.NONE));
    assertThat(read().request())
        .isEqualTo(
            new RequestConfig(
                Parameters.NONE, true, "", AttachmentFolder.NONE, HeaderTemplates.NONE));
  }

  @Test
  void refusesAParameterThatIsOutOfItsRange() {
    assertThatThrownBy(() -> read("llm.request.topP", "1.5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.request.topP must be a number from 0 to 1, was 1.5");
    assertThatThrownBy(() -> read("llm.request.n", "many"))
        .hasMessage("llm.request.n must be a number, was \"many\"");
    assertThatThrownBy(() -> read("llm.request.reasoningEffort", "lots"))
        .hasMessageStartingWith("llm.request.reasoningEffort must be one of none, minimal");
  }

  private static LlmConfig readFile(Path folder, String settings, String... properties)
      throws IOException {
    Path file = Files.writeString(folder.resolve("given.conf"), settings);
    String[] all = Arrays.copyOf(properties, properties.length + 2);
    all[properties.length] = "llm.conf";
    all[properties.length + 1] = file.toString();
    return read(all);
  }

  @Test
  void aSettingThatIsNullHasItsDefault(@TempDir Path folder) throws IOException {
    LlmConfig config =
        readFile(
            folder,
            "llm { seed = null, load { rpm = 5, duration = null }, timeout = null, labels.a = null,"
                + " retry.mode = both }",
            "llm.load.rpm",
            "null",
            "llm.retry.mode",
            " null ");
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.timeout().idle()).hasSeconds(4);
    assertThat(config.retry().header()).as("-D takes the file's value back").isFalse();
    assertThat(config.effective())
        .containsEntry("llm.load.rpm", "")
        .doesNotContainKey("llm.labels.a");
  }

  @Test
  void aNullFieldOfTheBodyIsLeftOut(@TempDir Path folder) throws IOException {
    String key = "stream_options";
    assertThat(
            readFile(folder, "llm.request.extraBody.stream_options = null")
                .request()
                .parameters()
                .extraBody())
        .containsEntry(key, Parameters.LEFT_OUT);
    assertThat(
            read("llm.request.extraBody.stream_options", "null").request().parameters().extraBody())
        .containsEntry(key, Parameters.LEFT_OUT);
  }

  @Test
  void streamOptionsOffLeavesTheFieldOut() {
    assertThat(
            read("llm.provider", "openai", "llm.openai.streamOptions", "off")
                .request()
                .parameters()
                .extraBody())
        .containsEntry("stream_options", Parameters.LEFT_OUT);
    assertThat(
            read("llm.provider", "azure-openai", "llm.openai.streamOptions", "off")
                .request()
                .parameters()
                .extraBody())
        .isEmpty();
  }

  @Test
  void aMessageNamesItsKeyOnce(@TempDir Path folder) {
    assertThatThrownBy(() -> readFile(folder, "llm.request.extraBody.a.b = null"))
        .hasMessage("llm.request.extraBody.a.b must be a value: leave the key out, was null");
  }

  @Test
  void noValueOfAHeaderIsKept() {
    assertThat(
            read("llm.request.headers.x-team", "perf", "llm.request.headers.x-id", "5").effective())
        .containsEntry("llm.request.headers.x-team", "***")
        .containsEntry("llm.request.headers.x-id", "***");
  }

  @Test
  void aSecretHeaderComesFromTheEnvironmentOnly(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> read("llm.request.headers.Authorization", "Basic eDp5"))
        .hasMessageStartingWith(
            "llm.request.headers.Authorization must come from an environment variable")
        .hasMessageNotContaining("eDp5");
    assertThatThrownBy(() -> readFile(folder, "llm.request.headers.x-api-key = hidden"))
        .hasMessageNotContaining("hidden");
    LlmConfig config =
        readFile(folder, "llm.request.headers { Authorization = \"Basic \"${?PATH} }");
    assertThat(config.effective()).containsEntry("llm.request.headers.Authorization", "***");
    assertThat(readFile(folder, "llm.request.headers { x-key = ${?NO_SUCH_VARIABLE} }").effective())
        .doesNotContainKey("llm.request.headers.x-key");
  }

  @Test
  void aFieldOfTheBodyThatIsASecretByItsNameIsNotKept() {
    LlmConfig config =
        read(
            "llm.request.extraBody.api_key", "short",
            "llm.request.extraBody.top_k", "5",
            "llm.request.extraBody.upstream.authorization", "Bearer config-2d94e6b4bf1f0a7c",
            "llm.rag.path", "/api?code=config-94e6b4bf1f0a7c2d");
    assertThat(config.effective())
        .containsEntry("llm.request.extraBody.api_key", "***")
        .containsEntry("llm.request.extraBody.top_k", "5")
        .containsEntry("llm.request.extraBody.upstream.authorization", "***")
        .containsEntry("llm.azure.keyVariable", "AZURE_OPENAI_API_KEY")
        .containsEntry("llm.azure.credential", "auto");
    assertThat(config.request().parameters().extraBody()).containsEntry("api_key", "short");
    assertThat(Redaction.text("config-2d94e6b4bf1f0a7c config-94e6b4bf1f0a7c2d"))
        .isEqualTo("*** ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-hidden-4bf1f0a7", "0hidden4bf1f0a7", "hidden4bf1f0a7hidden4bf1f0a7"})
  void aKeyInPlaceOfItsVariableIsRefusedAndNotShown(String value) {
    for (String key : List.of("llm.azure.keyVariable", "llm.rag.keyVariable")) {
      assertThatThrownBy(() -> read(key, value))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(key + " must be the name of an environment variable")
          .hasMessageNotContaining("hidden");
    }
  }

  @Test
  void ofAGroupAndAKeyBelowItNeitherIsLeftOut() {
    assertThatThrownBy(() -> read("llm.slo.ttft", "500 ms", "llm.slo.ttft.p95", "1 s"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.slo.ttft must not be set beside llm.slo.ttft.p95, which is below it: set one of"
                + " them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.load.rpm = [5] | llm.load.rpm must be one value, not a list or a group, was \"[5]\"",
        "llm.load.rpm 5 } | settings file cannot be read: FILE: 1: ",
      })
  void aSettingsFileThatCannotBeUsedIsRefusedWithTheReason(
      String text, String message, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), text);
    assertThatThrownBy(() -> read("llm.conf", file.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message.replace("FILE", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm.request.headers { x-api-key hidden-4bf1f0a7 }",
        "llm.request.headers { x-api-key = \"hidden-4bf1f0a7\n}",
        "llm.request.headers { x-api-key it's-hidden-4bf1f0a7 }",
        "llm.azure.endpoint = https://host/?api-key=hidden-4bf1f0a7",
      })
  void whatTheParserRefusesIsNotQuotedSinceItMayBeASecret(String text, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), text);
    assertThatThrownBy(() -> read("llm.conf", file.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("settings file cannot be read: " + file)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aSettingsFileMayBeUtf16AndIsRefusedIfItIsNoText(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.conf");
    Files.write(file, "llm.description = \"Größe\"".getBytes(UTF_16));
    assertThat(read("llm.conf", file.toString()).description()).isEqualTo("Größe");
    Files.write(file, "llm.description = \"Größe\"".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> read("llm.conf", file.toString()))
        .hasMessage(
            "settings file cannot be read: "
                + file
                + ": must be text in UTF-8 or UTF-16, or such text in gzip, holds other bytes");
  }
}
