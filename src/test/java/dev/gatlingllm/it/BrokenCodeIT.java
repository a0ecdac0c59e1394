package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenCodeIT {

  @TempDir private Path folder;

  @Test
  void whateverCodeAroundACallThrowsItHasOneRecordAndItsUserGoesOn() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            BrokenCodeSimulation.class.getName(),
            "llm.tokenizer=class:" + BrokenCodeSimulation.NarrowTokenizer.class.getName(),
            "llm.hooks=" + BrokenCodeSimulation.BrokenHook.class.getName(),
            "llm.simulator.faults.noUsage=1",
            "llm.warmUp.atMost=0s",
            "llm.calibration.duration=0s");
    int exit = gatling.exitCode();

    assertThat(exit).as(gatling.console()).isZero();
    Map<String, Long> ends =
        gatling.calls().stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.name() + ": " + call.outcome().code() + " " + call.error(),
                    TreeMap::new,
                    Collectors.counting()));
    assertThat(ends)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "fine: succeeded ",
                4L,
                "tokenizer: crashed crashed: NoClassDefFoundError in the tokenizer",
                4L,
                "check: crashed crashed: StackOverflowError in the check",
                4L,
                "prompt: crashed not built: call 'prompt' of scenario 'Broken code':"
                    + " prompt: AssertionError",
                4L,
                "fine again: succeeded ",
                4L));
    assertThat(gatling.calls()).extracting(CallRecord::id).doesNotHaveDuplicates();
    Accounting sums = gatling.info().accounting().orElseThrow();
    assertThat(sums.problems()).isEmpty();
    assertThat(sums.sent()).isEqualTo(16);
    assertThat(sums.neverBuilt()).isEqualTo(4);
    assertThat(sums.recordsWritten()).isEqualTo(20);
    assertThat(gatling.console()).doesNotContain("in flight -");
  }
}
