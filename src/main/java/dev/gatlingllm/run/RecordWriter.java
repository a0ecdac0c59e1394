package dev.gatlingllm.run;

import dev.gatlingllm.health.RecordQueue;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes {@code calls.jsonl} on a thread of its own. Whoever hands over a record never waits: if
 * the disk is so slow that the queue is full, the record is lost and counted. The file is flushed
 * whenever the queue is empty, so that a killed run keeps what it had.
 */
final class RecordWriter implements RecordQueue, AutoCloseable {

  private static final int CAPACITY = 65_536;
  private static final int FILE_BUFFER_BYTES = 1 << 16;
  private static final long PATIENCE_MILLIS = 30_000;

  private final BlockingQueue<CallRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder lost = new LongAdder();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private final OutputStream file;
  private final long patienceMillis;
  private final Thread thread;
  private volatile boolean closing;

  RecordWriter(Path path) throws IOException {
    this(Files.newOutputStream(path), PATIENCE_MILLIS);
  }

  /**
   * Writes to a stream.
   *
   * @param patienceMillis how long closing waits for a disk that takes nothing
   */
  RecordWriter(OutputStream out, long patienceMillis) {
    this.file = new BufferedOutputStream(out, FILE_BUFFER_BYTES);
    this.patienceMillis = patienceMillis;
    thread = new Thread(this::work, "llm-record-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands a record over; safe from any thread, never waits. */
  void write(CallRecord record) {
    if (failure.get() != null || !queue.offer(record)) {
      lost.increment();
    }
  }

  @Override
  public int queued() {
    return queue.size();
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  /** Records that could not be written. */
  @Override
  public long lost() {
    return lost.sum();
  }

  /** What went wrong with the file, or null. */
  IOException failure() {
    return failure.get();
  }

  private void work() {
    try (file) {
      while (!closing || !queue.isEmpty()) {
        CallRecord next = queue.poll();
        if (next == null) {
          file.flush();
          next = queue.poll(100, TimeUnit.MILLISECONDS);
        }
        if (next != null) {
          CallRecordCodec.write(next, file);
        }
      }
    } catch (IOException e) {
      failure.set(e);
      lost.add(1 + queue.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes what is queued and closes the file. What a disk does not take for half a minute is lost.
   */
  @Override
  public void close() {
    closing = true;
    try {
      int left = Integer.MAX_VALUE;
      while (thread.isAlive() && queue.size() < left) {
        left = queue.size();
        thread.join(patienceMillis);
      }
      if (thread.isAlive()) {
        failure.compareAndSet(null, new IOException("the disk takes nothing any more"));
        lost.add(1 + queue.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
