package dev.gatlingllm.run;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordWriterTest {

  private static final CallRecord CALL = call().record();

  /** A disk in memory that fails or does not answer while it is set to. */
  private static final class Disk implements LineFile {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore failures = new Semaphore(0);
    private boolean stuck;
    private volatile boolean full;
    private volatile boolean removed;

    @Override
    public void append(byte[] lines) throws IOException {
      asked.countDown();
      if (stuck) {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      if (full) {
        failures.release();
        throw new IOException("No space left on device");
      }
      taken.write(lines);
    }

    @Override
    public boolean inPlace() {
      return !removed;
    }

    @Override
    public void close() {}

    long lines() {
      return taken.toString(UTF_8).lines().count();
    }
  }

  @Test
  void whoeverHandsARecordOverNeverWaitsAndWhatDoesNotFitIsLostAndCounted() throws Exception {
    Disk disk = new Disk();
    disk.stuck = true;
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(CALL);
    disk.asked.await();
    for (int i = 0; i < writer.capacity() + 7; i++) {
      writer.write(CALL);
    }
    assertThat(writer.queued()).isEqualTo(65_536);
    assertThat(writer.lost()).isEqualTo(7);
    disk.released.countDown();
    writer.close();
    assertThat(disk.lines()).isEqualTo(1 + 65_536);
    assertThat(writer.written()).isEqualTo(1 + 65_536);
    assertThat(writer.lost()).isEqualTo(7);
    assertThat(writer.queued()).isZero();
  }

  @Test
  void closingGivesUpOnADiskThatTakesNothingAndCountsWhatWasLost() throws Exception {
    Disk disk = new Disk();
    disk.stuck = true;
    RecordWriter writer = new RecordWriter(disk, 20);
    writer.write(CALL);
    disk.asked.await();
    writer.write(CALL);
    writer.write(CALL);
    writer.close();
    assertThat(writer.lost()).isEqualTo(3);
    assertThat(writer.failureText()).contains("the disk accepts no more data");
    disk.released.countDown();
  }

  @Test
  void aDiskThatIsFullForAWhileLosesNothing() throws Exception {
    Disk disk = new Disk();
    disk.full = true;
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(CALL);
    disk.failures.acquire(2);
    writer.write(CALL);
    disk.full = false;
    writer.close();
    assertThat(disk.lines()).isEqualTo(2);
    assertThat(writer.written()).isEqualTo(2);
    assertThat(writer.lost()).isZero();
  }

  @Test
  void aDiskThatStaysFullLosesEveryRecordAndSaysWhy() {
    Disk disk = new Disk();
    disk.full = true;
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(CALL);
    writer.close();
    writer.write(CALL);
    assertThat(writer.lost()).isEqualTo(2);
    assertThat(writer.written()).isZero();
    assertThat(writer.failureText()).contains("No space left on device");
  }

  @Test
  void recordsOfAFileThatWasRemovedAreLost() {
    Disk disk = new Disk();
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(CALL);
    disk.removed = true;
    writer.close();
    assertThat(writer.lost()).isEqualTo(1);
    assertThat(writer.written()).isZero();
  }

  @Test
  void halfASurrogatePairInATextCostsNoRecord() {
    Disk disk = new Disk();
    RecordWriter writer = new RecordWriter(disk, 30_000);
    writer.write(call().ended(Outcome.REJECTED, "half \uD83D").record());
    writer.write(CALL);
    writer.close();
    assertThat(disk.lines()).isEqualTo(2);
    assertThat(writer.lost()).isZero();
  }

  @Test
  void theFileIsNewAndAnEarlierOneIsLeftAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("calls.jsonl");
    Files.writeString(file, "earlier");
    assertThatThrownBy(() -> new RecordWriter(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("earlier");
  }

  @Test
  void whatAFailedAttemptLeftOfALineIsWrittenOver(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("calls.jsonl");
    try (LineFile lines = LineFile.create(file)) {
      lines.append("one\n".getBytes(UTF_8));
      Files.writeString(file, "one\ntw");
      lines.append("three\n".getBytes(UTF_8));
    }
    assertThat(file).content().isEqualTo("one\nthree\n");
  }

  @Test
  void aFileThatWasRemovedIsNotWrittenTo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("calls.jsonl");
    try (LineFile lines = LineFile.create(file)) {
      Files.delete(file);
      assertThat(lines.inPlace()).isFalse();
      assertThatThrownBy(() -> lines.append(new byte[] {1}))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("was removed");
    }
  }
}
