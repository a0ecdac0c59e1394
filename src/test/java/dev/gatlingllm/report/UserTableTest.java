package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserTableTest {

  @TempDir private Path folder;

  private static CallFixture answered(int number, double waitMillis) {
    double start = number * 100 + waitMillis;
    return call()
        .id(number)
        .from(start, start + 500)
        .arrival(number * 100)
        .streamed(200, 500)
        .tokens(10, 20);
  }

  private Optional<Table> table(List<CallRecord> calls) throws IOException {
    SampleRuns.write(folder, calls);
    return UserTable.of(RunReport.of(List.of(folder)));
  }

  @Test
  void usersWhoWaitForNothingNeedNoTable() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(answered(i, 5).record());
    }
    assertThat(table(calls)).isEmpty();
  }

  @Test
  void aWaitBeforeTheCallIsInWhatUsersSaw() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(answered(i, 1_000).record());
    }
    assertThat(table(calls).orElseThrow().texts().get(0).subList(1, 5))
        .containsExactly("1,200", "1,200", "1,500", "1,500");
  }

  @Test
  void droppedArrivalsAreLongerThanAny() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CallFixture one = answered(i, 0);
      calls.add(i < 90 ? one.record() : one.ended(Outcome.DROPPED, "").record());
    }
    assertThat(table(calls).orElseThrow().texts().get(0).subList(1, 5))
        .containsExactly("200", "> 200", "500", "> 500");
  }
}
