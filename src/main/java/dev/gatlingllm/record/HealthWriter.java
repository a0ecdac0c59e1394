package dev.gatlingllm.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes {@code health.jsonl}, each sample at once, so that a killed run keeps what it had. Not
 * thread-safe.
 */
public final class HealthWriter implements AutoCloseable {

  private final OutputStream file;

  /**
   * Makes the file, unless it is that of {@link RunFiles#NONE}.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there already
   */
  public HealthWriter(Path path) throws IOException {
    file =
        RunFiles.NONE.health().equals(path)
            ? OutputStream.nullOutputStream()
            : Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
  }

  /** Writes one line. */
  public void write(HealthSample sample) throws IOException {
    file.write(HealthSampleCodec.encode(sample));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
