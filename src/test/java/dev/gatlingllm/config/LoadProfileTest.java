package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.RateProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProfileTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private static LoadConfig load(String profile, String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("llm.load.profile", profile));
    for (String setting : more) {
      settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    return GivenSettings.of(settings).load();
  }

  private static RateProfile rates(String profile) {
    return load(profile).rates().orElseThrow();
  }

  @Test
  void aLineOfPhrasesIsAProfileWithoutRateAndDuration() {
    LoadConfig load = load("ramp 10 to 600 in 10min, hold 600 for 5min, ramp to 0 in 1min");

    assertThat(load.isOpen()).isTrue();
    assertThat(load.rpm()).isEmpty();
    assertThat(load.duration()).isEmpty();
    assertThat(load.longest()).hasValue(Duration.ofMinutes(16));
    assertThat(load.peakRpm()).isEqualTo(600);
    assertThat(load.rates().orElseThrow().phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 ramp 10 to 600 rpm", "2 hold 600 rpm", "3 ramp 600 to 0 rpm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold 7.5 rpm for 2 min|1 hold 7.5 rpm|120",
        "hold 7.5rpm for 2min|1 hold 7.5 rpm|120",
        "pause 500 ms, hold 1 for 1s|1 pause|1.5",
        "pause for 1 minute, hold 1 for 1s|1 pause|61",
        "ramp to 60 in 30s|1 ramp 0 to 60 rpm|30",
        "ramp from 6 to 60 in 30s|1 ramp 6 to 60 rpm|30",
        "steps 60 to 180 by 60 each 20s|1 step 60 rpm|60",
        "spike 60 to 600 for 30s|1 spike 60 to 600 rpm|30",
        "sine 300 by 200 every 1h for 2h|1 sine 300 by 200 rpm|7200",
      })
  void everyPhraseIsAPhase(String phrase, String first, double seconds) {
    assertThat(rates(phrase).phases().get(0).name()).isEqualTo(first);
    assertThat(rates(phrase).duration().toNanos() / 1e9).isEqualTo(seconds);
  }

  @Test
  void aSettingsFileMayHaveAList() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("own.conf"),
            "llm.load.profile = [\"steps 60 to 120 by 60 each 5s\", \"ramp to 0 in 5s\"]");
    LlmConfig config = GivenSettings.of(Map.of("llm.conf", file.toString()));

    assertThat(config.load().rates().orElseThrow().phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 step 60 rpm", "2 step 120 rpm", "3 ramp 120 to 0 rpm");
    assertThat(config.effective().get("llm.load.profile"))
        .isEqualTo("[steps 60 to 120 by 60 each 5s, ramp to 0 in 5s]");
  }

  @Test
  void phrasesOfClientsAreAClosedLoad() {
    LoadConfig load = load("ramp 1 to 20 clients in 5min, pause 5s, hold 10 clients for 5min");

    assertThat(load.isOpen()).isFalse();
    assertThat(load.rates()).isEmpty();
    assertThat(load.mostClients()).isEqualTo(20);
    assertThat(load.longest()).hasValue(Duration.ofSeconds(605));
  }

  @Test
  void aFileOfRatesIsAPhase() throws IOException {
    Path file = Files.writeString(folder.resolve("rates.csv"), "second,rpm\n0,60\n10,120\n20,0\n");

    RateProfile rates = rates("file " + file + ", hold 30 for 10s");
    assertThat(rates.phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 file rates.csv rpm", "2 hold 30 rpm");
    assertThat(rates.rpmAt(5 * SECOND)).isEqualTo(90);
    assertThat(rates.rpmAt(15 * SECOND)).isEqualTo(60);
    Path clients = Files.writeString(folder.resolve("c.csv"), "second;clients\n0;1\n10.5;3\n");
    assertThat(load("file " + clients).mostClients()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seconds,rpm~0,1|line 1: header must be second,rpm or second,clients, was \"seconds,rpm\"",
        "second,rpm~0,1|must have at least two rows, had 1",
        "second,rpm~1,1~2,2|line 2: second must be 0 in the first row, was 1",
        "second,rpm~0,1~9,fast|line 3: rpm must be a number of at least 0, was \"fast\"",
        "second,rpm~0,1~9,2~8,2|line 4: second must be a number of at least 9, was \"8\"",
        "second,rpm~0,1~9|line 3: row must be 2 columns, was 1 columns",
      })
  void aFileThatCannotBeUsedIsRefusedWithItsLine(String text, String complaint) throws IOException {
    Path file = Files.writeString(folder.resolve("rates.csv"), text.replace('~', '\n'));

    assertThatThrownBy(() -> load("file " + file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.load.profile: \"file " + file + "\": " + file)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ramp 10 600 in 10min|llm.load.profile must be one of hold N for TIME, pause TIME,",
        "hold 9 for 1s,|llm.load.profile must be one of hold",
        "hold 9 for ever|llm.load.profile: \"hold 9 for ever\": the time must be above 0, such as",
        "hold 9 for 0s|llm.load.profile: \"hold 9 for 0s\": the time must be above 0, such as",
        "spike 9 to 3 for 1s|llm.load.profile: \"spike 9 to 3 for 1s\": peak must be more than"
            + " base",
        "hold 9 for 1s, hold 9 clients for 1s|llm.load.profile: \"hold 9 clients for 1s\": must be"
            + " in rpm like the phrases before it, was in clients",
        "pause 5s|llm.load.profile: profile must ask for at least half an arrival",
        "hold 0.2 clients for 5s|llm.load.profile: profile must reach at least 1 client",
        "file no.csv|llm.load.profile: \"file no.csv\": no.csv: no such file",
      })
  void aPhraseThatCannotBeUsedIsRefusedByName(String profile, String complaint) {
    assertThatThrownBy(() -> load(profile))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold 9 for 9s|llm.load.rpm=5|llm.load.rpm must not be set with llm.load.profile, which"
            + " says the rate itself, was 5: leave it out, or set it to null",
        "hold 9 for 9s|llm.load.duration=5s|llm.load.duration must not be set",
        "hold 9 for 9s|llm.load.until=all|llm.load.until must be any with llm.load.profile",
        "hold 9 clients for 9s|llm.load.clients=5|llm.load.clients must not be set",
        "hold 9 for 9s|llm.load.burstiness=2|llm.load.burstiness must not be set unless"
            + " llm.load.arrivals = gamma",
        "hold 9 for 9s|llm.load.arrivals=gamma|llm.load.burstiness must be set with",
      })
  void whatAProfileSaysItselfIsNotSetBesides(String profile, String setting, String complaint) {
    assertThatThrownBy(() -> load(profile, setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void requestsAndClientsCapALoadOfRates() {
    LoadConfig load = load("hold 9 for 9s", "llm.load.requests=3", "llm.load.clients=2");

    assertThat(load.requests()).hasValue(3);
    assertThat(load.clients()).hasValue(2);
    assertThat(load.isOpen()).isTrue();
  }

  @Test
  void gammaNeedsARateAndABurstinessWithinItsRange() {
    assertThat(
            GivenSettings.of(Map.of("llm.load.arrivals", "gamma", "llm.load.burstiness", "0.5"))
                .load()
                .arrivals())
        .isEqualTo(ArrivalProcess.gamma(0.5));
    assertThatThrownBy(
            () -> load("hold 9 for 9s", "llm.load.arrivals=gamma", "llm.load.burstiness=0"))
        .hasMessage("llm.load.burstiness must be a number from 0.01 to 1000, was 0");
    assertThatThrownBy(
            () -> load("hold 9 clients for 9s", "llm.load.arrivals=gamma", "llm.load.burstiness=1"))
        .hasMessageStartingWith("llm.load.arrivals must be constant with a closed load");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"second\trpm\n0\t60\n10\t90\n", "\"Second\",\"RPM\"\n\"0\",\"60\"\n10,90\n"})
  void theHeaderOfAFileMayStandInQuotesOrBetweenTabs(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("rates.csv"), text);
    assertThat(load("file " + file).rates().orElseThrow().rpmAt(5 * SECOND)).isEqualTo(75);
  }
}
