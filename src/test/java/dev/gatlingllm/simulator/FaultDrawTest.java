package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultDrawTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void forcedFaultsComeFirstAndInOrder() {
    FaultDraw draw = new FaultDraw(Map.of());
    draw.force(List.of(Fault.CUT, Fault.HANG));

    assertThat(draw.next(random)).hasValue(Fault.CUT);
    assertThat(draw.next(random)).hasValue(Fault.HANG);
    assertThat(draw.next(random)).isEmpty();
  }

  @Test
  void eachFaultHasItsShareOfTheCalls() {
    FaultDraw draw = new FaultDraw(Map.of(Fault.CUT, 0.1, Fault.THROTTLE, 0.3));
    int cut = 0;
    int throttled = 0;
    for (int i = 0; i < 10_000; i++) {
      Fault fault = draw.next(random).orElse(null);
      cut += fault == Fault.CUT ? 1 : 0;
      throttled += fault == Fault.THROTTLE ? 1 : 0;
    }

    assertThat(cut).isBetween(900, 1_100);
    assertThat(throttled).isBetween(2_850, 3_150);
  }

  @Test
  void aRateOfOneStrikesAlways() {
    FaultDraw draw = new FaultDraw(Map.of(Fault.STALL, 1.0));

    for (int i = 0; i < 100; i++) {
      assertThat(draw.next(random)).hasValue(Fault.STALL);
    }
  }
}
