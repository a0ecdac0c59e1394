package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static Trace of(Long... bits) {
    Iterator<Long> random = List.of(bits).iterator();
    return Trace.begin(random::next);
  }

  @Test
  void theHeaderIsThatOfTheStandard() {
    assertThat(Trace.begin().parent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(of(1L, -1L, 0xabcL).parent())
        .isEqualTo("00-0000000000000001ffffffffffffffff-0000000000000abc-01");
  }

  @Test
  void noIdIsAllZeros() {
    assertThat(of(0L, 2L, 0L, 3L, 0L, 0L, 4L).parent())
        .isEqualTo("00-00000000000000020000000000000003-0000000000000004-01");
  }

  @Test
  void eachAttemptIsAParentOfItsOwnInTheSameTrace() {
    Trace trace = of(1L, 2L, 3L, 4L);
    assertThat(trace.parent()).isNotEqualTo(trace.parent()).contains(trace.id());
  }
}
