package dev.gatlingllm.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a file of one record per line from its beginning. Lines are decoded ahead, by the threads
 * of the common pool, while the caller's thread takes the records in the file's order; in memory
 * are a few blocks of lines.
 *
 * <p>A last line that has no line feed and cannot be decoded was cut when its run was killed: it is
 * counted, not an error. Any other bad line is one.
 */
final class JsonLines<T> {

  private static final int DECODERS = Math.min(4, Runtime.getRuntime().availableProcessors());
  private static final int BLOCKS_AHEAD = 2 * DECODERS;

  private final Path file;
  private final Function<byte[], T> decode;
  private final Consumer<? super T> records;
  private final Deque<CompletableFuture<DecodedBlock<T>>> ahead = new ArrayDeque<>();
  private long read;
  private int cutLines;

  private JsonLines(Path file, Function<byte[], T> decode, Consumer<? super T> records) {
    this.file = file;
    this.decode = decode;
    this.records = records;
  }

  static <T> CallRecordReader.Reading read(
      Path file, Function<byte[], T> decode, Consumer<? super T> records) throws IOException {
    return new JsonLines<T>(file, decode, records).read();
  }

  private CallRecordReader.Reading read() throws IOException {
    // Not the common pool: on two processors it has a single thread, and CompletableFuture then
    // starts a new one for each block.
    ExecutorService decoders = Executors.newFixedThreadPool(DECODERS, JsonLines::decoder);
    try (InputStream in = Files.newInputStream(file)) {
      LineBlocks blocks = new LineBlocks(in);
      for (byte[] block = blocks.next(); block.length > 0; block = blocks.next()) {
        byte[] lines = block;
        ahead.add(CompletableFuture.supplyAsync(() -> DecodedBlock.of(lines, decode), decoders));
        if (ahead.size() > BLOCKS_AHEAD) {
          take(ahead.remove().join());
        }
      }
      while (!ahead.isEmpty()) {
        take(ahead.remove().join());
      }
    } finally {
      decoders.shutdownNow();
    }
    return new CallRecordReader.Reading(read, cutLines);
  }

  private static Thread decoder(Runnable work) {
    Thread thread = new Thread(work, "llm-line-decoder");
    thread.setDaemon(true);
    return thread;
  }

  private void take(DecodedBlock<T> block) {
    for (T value : block.records()) {
      records.accept(value);
      read++;
    }
    if (block.cut()) {
      cutLines = 1;
    } else if (block.error().isPresent()) {
      throw new RecordFormatException(file + ", line " + (read + 1), block.error().get());
    }
  }
}
