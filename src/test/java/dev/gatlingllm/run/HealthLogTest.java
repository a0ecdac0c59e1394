package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.health.ClientHealth;
import dev.gatlingllm.health.RecordQueue;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthLogTest {

  private static final RecordQueue NO_RECORDS =
      new RecordQueue() {
        @Override
        public int queued() {
          return 0;
        }

        @Override
        public int capacity() {
          return 1;
        }

        @Override
        public long lost() {
          return 0;
        }
      };

  @TempDir private Path folder;

  private final ClientHealth health = new ClientHealth();

  private HealthLog log(Path file) throws IOException {
    return new HealthLog(
        file, health, List.of(), NO_RECORDS, RunClock.startingNow(NanoClock.SYSTEM), 10);
  }

  @Test
  void theLastSampleIsTakenWhenTheLogIsClosed() throws IOException {
    Path file = folder.resolve("health.jsonl");
    HealthLog log = log(file);
    health.callBegan();
    new HealthProbe(health, 3).sent(8);
    new HealthProbe(health, 0).decoded(2);
    log.close();

    List<HealthSample> samples = new ArrayList<>();
    var unused = HealthSampleReader.read(file, samples::add);
    assertThat(samples).isNotEmpty();
    assertThat(samples.get(samples.size() - 1).inFlight()).isEqualTo(1);
    assertThat(log.failure()).isEmpty();
    assertThat(log.verdict().line()).isNotEmpty();
  }
}
