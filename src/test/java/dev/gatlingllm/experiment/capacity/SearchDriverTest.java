package dev.gatlingllm.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.capacity.QueueEndpoint;
import dev.gatlingllm.capacity.QuotaEndpoint;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.CapacityResult.Probe;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchDriverTest {

  @Test
  void findsTheRateOfAQueueWhileTheRunGoesOn() {
    PlayedSearch run =
        PlayedSearch.of(GivenSettings.of(settings()), false, new QueueEndpoint(4, () -> 0.5));

    CapacityResult found = run.run();

    assertThat(found.over()).isTrue();
    assertThat(found.found()).isTrue();
    assertThat(found.limitedBy()).isEqualTo("limit");
    assertThat(found.limit()).isEqualTo("llm.slo.ttft.p95");
    assertThat(found.load()).hasValueCloseTo(480.0, within(24.0));
    assertThat(found.inFlight()).hasValueCloseTo(4.0, within(0.4));
    assertThat(found.tokensPerMinute()).hasValueCloseTo(48_000.0, within(5_000.0));
    assertThat(found.calls()).isEqualTo(run.calls());
    assertThat(found.tokens()).isEqualTo(100 * run.calls());
    assertThat(found.probes().stream().mapToLong(Probe::calls).sum()).isEqualTo(run.calls());
    assertThat(found.probes()).anyMatch(probe -> probe.decision().equals("missed"));
    assertThat(run.idleUsers()).isLessThan((long) found.seconds());
  }

  @Test
  void completionsStayAtWhatTheServiceGetsDoneWhereCallsPileUp() {
    CapacityResult found =
        PlayedSearch.of(GivenSettings.of(settings()), false, new QueueEndpoint(4, () -> 0.5)).run();

    assertThat(found.probes())
        .filteredOn(probe -> probe.load() > 600)
        .isNotEmpty()
        .allSatisfy(
            probe -> assertThat(probe.completedPerMinute()).hasValueCloseTo(480.0, within(10.0)));
    assertThat(found.probes())
        .filteredOn(probe -> probe.load() < 400 && probe.seconds() > 5)
        .isNotEmpty()
        .allSatisfy(
            probe ->
                assertThat(probe.completedPerMinute())
                    .hasValueCloseTo(probe.load(), within(0.1 * probe.load())));
  }

  @Test
  void findsTheNumberOfClients() {
    CapacityResult found =
        PlayedSearch.of(GivenSettings.of(settings()), true, new QueueEndpoint(4, () -> 0.5)).run();

    assertThat(found.clients()).isTrue();
    assertThat(found.load().orElseThrow()).isBetween(4.0, 5.0);
    assertThat(found.held()).hasValue(4);
    assertThat(found.probes())
        .filteredOn(probe -> probe.load() == 4)
        .first()
        .satisfies(probe -> assertThat(probe.inFlight()).hasValueCloseTo(4.0, within(0.5)));
    assertThat(found.probes())
        .allSatisfy(
            probe ->
                assertThat(probe.inFlight().orElseThrow())
                    .isLessThanOrEqualTo(probe.load() + 1e-9));
    assertThat(found.probes())
        .filteredOn(probe -> probe.load() >= 4)
        .allSatisfy(
            probe -> assertThat(probe.completedPerMinute()).hasValueCloseTo(480.0, within(10.0)));
  }

  @Test
  void namesAQuotaInTheWordsOfTheService() {
    CapacityResult found =
        PlayedSearch.of(GivenSettings.of(settings()), false, QuotaEndpoint.bucket(300, 5)).run();

    assertThat(found.limitedBy()).isEqualTo("quota");
    assertThat(found.load()).hasValueCloseTo(300.0, within(6.0));
    assertThat(found.said()).isEqualTo("slow down");
    assertThat(found.found()).isTrue();
  }

  @Test
  void saysAtLeastWhereTheClientIsTheLimit() {
    CapacityResult found =
        PlayedSearch.withDoubtfulClient(
                GivenSettings.of(settings()), new QueueEndpoint(4, () -> 0.5))
            .run();

    assertThat(found.limitedBy()).isEqualTo("client");
    assertThat(found.found()).isFalse();
    assertThat(found.low95()).isEmpty();
    assertThat(found.load().orElseThrow()).isLessThanOrEqualTo(480);
  }

  @Test
  void endsWhereItFailsItselfAndHasFoundNothing() {
    CapacityResult found =
        PlayedSearch.withMissingClass(GivenSettings.of(settings()), new QueueEndpoint(4, () -> 0.5))
            .run();

    assertThat(found.found()).isFalse();
    assertThat(found.load()).isEmpty();
  }

  @Test
  void endsWhereItMaySpendNoMore() {
    Map<String, String> settings = settings();
    settings.put("llm.capacity.atMost.calls", "200");

    CapacityResult found =
        PlayedSearch.of(GivenSettings.of(settings), false, new QueueEndpoint(4, () -> 0.5)).run();

    assertThat(found.limitedBy()).isEqualTo("spent");
    assertThat(found.over()).isTrue();
    assertThat(found.found()).isFalse();
    assertThat(found.calls()).isBetween(200L, 215L);
  }

  @Test
  void refusesASearchWithoutALimit() {
    Map<String, String> settings = settings();
    settings.remove("llm.slo.ttft.p95");

    assertRefused(settings, "a capacity search needs a limit: set one under llm.slo");
  }

  @ParameterizedTest
  @CsvSource({"llm.slo.ttft.mean, 1 s", "llm.slo.e2e.max, 1 s", "llm.slo.failures, 0"})
  void refusesALimitThatIsNoClaimAboutAShareOfCalls(String key, String value) {
    Map<String, String> settings = settings();
    settings.put(key, value);

    assertRefused(settings, key + " cannot be searched for");
  }

  @Test
  void refusesARangeUpsideDown() {
    Map<String, String> settings = settings();
    settings.put("llm.capacity.to", "10");

    assertRefused(settings, "llm.capacity.to must be at least llm.capacity.from");
  }

  private static void assertRefused(Map<String, String> settings, String beginning) {
    assertThatThrownBy(() -> PlayedSearch.atQueue(GivenSettings.of(settings)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(beginning);
  }

  private static Map<String, String> settings() {
    return new HashMap<>(Map.of("llm.slo.ttft.p95", "200 ms", "llm.capacity.confirm", "1 min"));
  }
}
