package dev.gatlingllm.run;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordWriterTest {

  private static final CallRecord CALL = call().record();

  /** A disk that takes nothing until it is told to. */
  private static final class StuckDisk extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void write(int b) {
      taken.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      stuck.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      taken.write(bytes, from, length);
    }

    long lines() {
      return taken.toString(java.nio.charset.StandardCharsets.UTF_8).lines().count();
    }
  }

  @Test
  void whoeverHandsARecordOverNeverWaitsAndWhatDoesNotFitIsLostAndCounted() throws Exception {
    StuckDisk disk = new StuckDisk();
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(CALL);
    disk.stuck.await();
    for (int i = 0; i < writer.capacity() + 7; i++) {
      writer.write(CALL);
    }
    assertThat(writer.queued()).isEqualTo(65_536);
    assertThat(writer.lost()).isEqualTo(7);
    disk.released.countDown();
    writer.close();
    assertThat(disk.lines()).isEqualTo(1 + 65_536);
    assertThat(writer.lost()).isEqualTo(7);
    assertThat(writer.queued()).isZero();
  }

  @Test
  void closingGivesUpOnADiskThatTakesNothingAndCountsWhatWasLost() throws Exception {
    StuckDisk disk = new StuckDisk();
    RecordWriter writer = new RecordWriter(disk, 20);
    writer.write(CALL);
    disk.stuck.await();
    writer.write(CALL);
    writer.write(CALL);
    writer.close();
    assertThat(writer.lost()).isEqualTo(3);
    assertThat(writer.failure()).hasMessage("the disk takes nothing any more");
    disk.released.countDown();
  }

  @Test
  void aDiskThatFailsLosesEveryRecordFromThenOn() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    RecordWriter writer = new RecordWriter(full, 30_000);
    writer.write(CALL);
    writer.close();
    writer.write(CALL);
    assertThat(writer.lost()).isEqualTo(2);
    assertThat(writer.failure()).hasMessage("No space left on device");
  }
}
