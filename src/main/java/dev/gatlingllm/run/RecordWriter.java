package dev.gatlingllm.run;

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
final class RecordWriter implements AutoCloseable {

  private static final int CAPACITY = 65_536;
  private static final int FILE_BUFFER_BYTES = 1 << 16;

  private final BlockingQueue<CallRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder lost = new LongAdder();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private final OutputStream file;
  private final Thread thread;
  private volatile boolean closing;

  RecordWriter(Path path) throws IOException {
    file = new BufferedOutputStream(Files.newOutputStream(path), FILE_BUFFER_BYTES);
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

  /** Records that could not be written. */
  long lost() {
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

  /** Writes what is queued and closes the file. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
