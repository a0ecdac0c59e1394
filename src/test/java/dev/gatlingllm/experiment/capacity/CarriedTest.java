package dev.gatlingllm.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CapacityResult.Probe;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CarriedTest {

  private static final OptionalDouble TEN = OptionalDouble.of(10);

  @Test
  void scalesTheNearestProbe() {
    Carried carried = Carried.at(TEN, List.of(probe(2, 5, 60), probe(8, 5, 240)), false);

    assertThat(carried.ratePerMinute()).hasValueCloseTo(300.0, within(1e-9));
    assertThat(carried.tokensPerMinute()).hasValueCloseTo(3000.0, within(1e-9));
    assertThat(carried.inFlight()).hasValueCloseTo(10.0, within(1e-9));
  }

  @Test
  void aProbeThatIsCutAtItsStartSaysNothing() {
    Carried carried = Carried.at(TEN, List.of(probe(8, 5, 240), probe(10, 0.003, 300_000)), true);

    assertThat(carried.inFlight()).hasValueCloseTo(10.0, within(1e-9));
    assertThat(Carried.at(TEN, List.of(probe(10, 0.003, 300_000)), true).inFlight()).isEmpty();
  }

  @Test
  void aProbeThatWasTooMuchSaysNothing() {
    assertThat(Carried.at(TEN, List.of(probe(10, 5, 300, "missed", 300)), true).inFlight())
        .isEmpty();
  }

  @Test
  void whatClientsStartAndDoNotEndInTimeIsNotCarried() {
    List<Probe> probes = List.of(probe(10, 2, 360, "met", 300));

    assertThat(Carried.at(TEN, probes, true).ratePerMinute()).hasValueCloseTo(300.0, within(1e-9));
    assertThat(Carried.at(TEN, probes, false).ratePerMinute()).hasValueCloseTo(360.0, within(1e-9));
  }

  @Test
  void nothingIsCarriedWhereNoLoadWasFound() {
    assertThat(Carried.at(OptionalDouble.empty(), List.of(probe(2, 5, 60)), true).ratePerMinute())
        .isEmpty();
  }

  private static Probe probe(double load, double seconds, double rate) {
    return probe(load, seconds, rate, "met", rate);
  }

  private static Probe probe(
      double load, double seconds, double rate, String decision, double completed) {
    OptionalDouble latency = OptionalDouble.of(500);
    return new Probe(
        1,
        "refine",
        load,
        seconds,
        40,
        0,
        0,
        40,
        OptionalDouble.of(100),
        decision,
        "time",
        "llm.slo.ttft.p95",
        OptionalDouble.of(rate),
        OptionalDouble.of(10 * rate),
        OptionalDouble.of(load),
        latency,
        latency,
        latency,
        latency,
        OptionalDouble.of(completed));
  }
}
