package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.CapacityResult.Probe;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CapacityTextTest {

  private static final Probe PROBE = probe("missed");

  private static Probe probe(String ended) {
    return new Probe(
        3,
        "refine",
        240,
        91,
        364,
        0,
        0,
        120,
        OptionalDouble.of(93.4),
        "missed",
        ended,
        "llm.slo.ttft.p95",
        OptionalDouble.of(238),
        OptionalDouble.of(90_000),
        OptionalDouble.of(7.5),
        OptionalDouble.of(210),
        OptionalDouble.of(640),
        OptionalDouble.of(900),
        OptionalDouble.empty(),
        OptionalDouble.of(236));
  }

  @Test
  void saysOfALimitWhatIsCarriedAndHowSurely() {
    CapacityResult found = result("limit", true, "llm.slo.ttft.p95", 212, 204, 221);

    assertThat(CapacityText.found(found))
        .isEqualTo(
            "The endpoint carries 212 calls a minute (95 % interval 204 to 221): beyond that"
                + " llm.slo.ttft.p95 is missed. 204 calls a minute were held at the end. That is"
                + " 80,000 tokens a minute, with 6.50 calls in flight.");
    assertThat(CapacityText.failure(found)).isEmpty();
    assertThat(CapacityText.next(found)).contains("-Dllm.load.rpm=204");
  }

  @Test
  void failsASearchThatIsNotAsPreciseAsWasAsked() {
    CapacityResult found = result("spent", false, "llm.slo.ttft.p95", 212, 150, 300);

    assertThat(CapacityText.failure(found)).startsWith("The search ended before it knew");
    assertThat(CapacityText.sure(found))
        .startsWith("That is less precise than ± 5 % (llm.capacity.precision).");
  }

  @Test
  void namesTheClientWhereASearchThatMayTakeNoMoreMetItsLimit() {
    CapacityResult found = result("spent", false, "l", 4839, 3146, 6633, probe("client"));

    assertThat(CapacityText.found(found))
        .endsWith(
            "At 240 calls a minute this client was the limit, so the numbers beyond are not the"
                + " service's.");
    assertThat(CapacityText.next(found)).startsWith("Move the client");
    assertThat(CapacityText.sure(found)).contains("The search took 4,000 calls, ");
  }

  @Test
  void callsALoadThatTheClientLimitedAtLeast() {
    CapacityResult found =
        new CapacityResult(
            true,
            false,
            true,
            "client",
            "",
            "",
            OptionalDouble.of(8),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            5,
            364,
            9000,
            120,
            List.of(PROBE));

    assertThat(CapacityText.found(found)).startsWith("The endpoint carries at least 8 clients");
    assertThat(CapacityText.failure(found)).isNotEmpty();
  }

  @Test
  void repeatsWhatTheServiceSaidOfItsQuota() {
    assertThat(CapacityText.found(result("quota", true, "", 500, 490, 510)))
        .startsWith("The service lets 500 calls a minute through")
        .contains("It said: “Try again in 20 s”.");
  }

  @Test
  void readsWhatItWrote() {
    CapacityResult found = result("limit", true, "llm.slo.ttft.p95", 212, 204, 221);

    assertThat(CapacityResult.parse(found.format())).isEqualTo(found);
  }

  @Test
  void saysAProbeInALine() {
    assertThat(CapacityText.line(PROBE, false))
        .isEqualTo(
            "probe 3, 240 calls a minute: missed, shown after 91 s; 364 calls, 93.4 % keep"
                + " llm.slo.ttft.p95");
    assertThat(CapacityText.probes(result("limit", true, "", 212, 204, 221)).texts().get(0))
        .hasSameSizeAs(CapacityText.probes(result("limit", true, "", 212, 204, 221)).heads());
  }

  private static CapacityResult result(
      String by, boolean found, String limit, double load, double low, double high) {
    return result(by, found, limit, load, low, high, PROBE);
  }

  private static CapacityResult result(
      String by, boolean found, String limit, double load, double low, double high, Probe probe) {
    return new CapacityResult(
        true,
        found,
        false,
        by,
        limit,
        by.equals("quota") ? "Try again in 20 s" : "",
        OptionalDouble.of(load),
        OptionalDouble.of(low),
        OptionalDouble.of(high),
        OptionalDouble.of(low),
        OptionalDouble.of(load),
        OptionalDouble.of(80_000),
        OptionalDouble.of(6.5),
        5,
        4000,
        1_000_000,
        1200,
        List.of(probe));
  }
}
