package dev.gatlingllm.run;

import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows by whole lines. Confined to one thread. */
interface LineFile extends AutoCloseable {

  /**
   * Appends lines, all or none: what a failed attempt left behind is overwritten by the next.
   *
   * @throws NoSuchFileException if the file was removed: what it held is gone
   * @throws IOException if they cannot be written
   */
  void append(byte[] lines) throws IOException;

  /** Whether the file is still where a reader will look for it. */
  boolean inPlace();

  /** Closes the file; what was added stays. */
  @Override
  void close();

  /**
   * Makes the file; one of {@link RunFiles#NONE} takes every line and keeps none.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there already
   */
  static LineFile create(Path path) throws IOException {
    if (RunFiles.NONE.folder().equals(path.getParent())) {
      return new Nowhere();
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new OnDisk(path, channel);
  }

  /** Of a run that keeps no files. */
  final class Nowhere implements LineFile {
    @Override
    public void append(byte[] lines) {}

    @Override
    public boolean inPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** On a file system. */
  final class OnDisk implements LineFile {

    private final Path path;
    private final FileChannel channel;
    private long end;

    private OnDisk(Path path, FileChannel channel) {
      this.path = path;
      this.channel = channel;
    }

    @Override
    public void append(byte[] lines) throws IOException {
      if (!inPlace()) {
        throw new NoSuchFileException(
            path.toString(), null, "was removed while the run was writing it");
      }
      ByteBuffer rest = ByteBuffer.wrap(lines);
      while (rest.hasRemaining()) {
        channel.write(rest, end + rest.position());
      }
      end += lines.length;
    }

    @Override
    public boolean inPlace() {
      return !Files.notExists(path);
    }

    @Override
    public void close() {
      try (channel) {
        channel.truncate(end);
      } catch (IOException ignored) {
        // half a line at the end, which a reader knows to leave out
      }
    }
  }
}
