package dev.gatlingllm.run;

import dev.gatlingllm.health.RecordQueue;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes {@code calls.jsonl} on a thread of its own. Whoever hands over a record never waits: if
 * the disk is so slow that the queue is full, the record is lost and counted. The file is written
 * whenever the queue is empty, so that a killed run keeps what it had. A disk that fails is tried
 * again until the run ends, since space may come free.
 */
final class RecordWriter implements RecordQueue, AutoCloseable {

  private static final int CAPACITY = 65_536;
  private static final int BATCH_BYTES = 1 << 16;
  private static final long PATIENCE_MILLIS = 30_000;
  private static final long RETRY_MILLIS = 200;

  private final BlockingQueue<CallRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder lost = new LongAdder();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final LineFile file;
  private final long patienceMillis;
  private final Thread thread;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream(2 * BATCH_BYTES);
  private final AtomicInteger batched = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile boolean failing;
  private volatile boolean removed;

  /** Makes the file, which must not be there yet. */
  RecordWriter(Path path) throws IOException {
    this(LineFile.create(path), PATIENCE_MILLIS);
  }

  /**
   * Writes to a file.
   *
   * @param patienceMillis how long closing waits for a disk that accepts nothing
   */
  RecordWriter(LineFile file, long patienceMillis) {
    this.file = file;
    this.patienceMillis = patienceMillis;
    thread = new Thread(this::work, "llm-record-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands a record over; safe from any thread, never waits. */
  void write(CallRecord record) {
    if (closed || removed || !queue.offer(record)) {
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

  /** Whether the latest write failed. */
  boolean failing() {
    return failing;
  }

  /** Records that stand in the file. */
  long written() {
    return written.get();
  }

  /** Why records were lost, in words. */
  String failureText() {
    Throwable cause = failure.get();
    return cause == null ? "the disk is too slow" : cause.toString();
  }

  private void work() {
    try {
      while (!removed && (!closing || !queue.isEmpty())) {
        takeNext();
      }
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lost.add(batched.getAndSet(0));
      if (!file.inPlace()) {
        lost.add(written.getAndSet(0));
      }
      List<CallRecord> left = new ArrayList<>();
      lost.add(queue.drainTo(left));
      file.close();
    }
  }

  private void takeNext() throws InterruptedException {
    try {
      CallRecord next = queue.poll();
      if (next == null) {
        flush();
        next = queue.poll(100, TimeUnit.MILLISECONDS);
      }
      if (next != null) {
        add(next);
      }
    } catch (OutOfMemoryError e) {
      // Between two records: the queue keeps what it has.
      failure.set(e);
    }
  }

  private void add(CallRecord record) throws InterruptedException {
    int before = batch.size();
    try {
      CallRecordCodec.write(record, batch);
      batched.incrementAndGet();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failure.set(e);
      lost.increment();
      cut(before);
    }
    if (batch.size() >= BATCH_BYTES) {
      flush();
    }
  }

  /** Removes a partly encoded record from the batch. */
  private void cut(int length) {
    byte[] bytes = batch.toByteArray();
    batch.reset();
    batch.write(bytes, 0, length);
  }

  /** Writes the batch; tries until the run ends, and then once more. */
  private void flush() throws InterruptedException {
    while (batched.get() > 0 && !flushed() && !closing && !removed) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    if (batched.get() > 0 && !flushed()) {
      lost.add(batched.getAndSet(0));
      batch.reset();
    }
  }

  private boolean flushed() {
    try {
      file.append(batch.toByteArray());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failure.set(e);
      failing = true;
      removed |= e instanceof NoSuchFileException;
      return false;
    }
    failing = false;
    written.addAndGet(batched.getAndSet(0));
    batch.reset();
    return true;
  }

  /**
   * Writes what is queued and closes the file. Records that the disk has not accepted for half a
   * minute are lost.
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
        failure.compareAndSet(null, new IOException("the disk accepts no more data"));
        lost.add(batched.getAndSet(0) + queue.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
  }
}
