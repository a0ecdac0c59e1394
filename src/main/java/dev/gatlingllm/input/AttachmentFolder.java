package dev.gatlingllm.input;

import dev.gatlingllm.provider.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The files of a folder, in the order of their names, some of them for each call and round again.
 * Safe for use by many threads.
 */
public final class AttachmentFolder {

  /** No files. */
  public static final AttachmentFolder NONE = new AttachmentFolder(List.of(), 0);

  private final List<Attachment> files;
  private final int perCall;
  private final AtomicInteger next = new AtomicInteger();

  private AttachmentFolder(List<Attachment> files, int perCall) {
    this.files = files;
    this.perCall = perCall;
  }

  /**
   * Reads a folder; files whose names begin with a dot are left out.
   *
   * @param perCall how many files go with a call, at least 1
   * @throws IllegalArgumentException if it cannot be read, has no file, or a file is not what its
   *     name says
   */
  public static AttachmentFolder read(Path folder, int perCall) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Attachment> files =
          entries
              .filter(
                  file ->
                      Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
              .sorted()
              .map(Attachment::read)
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("folder " + folder + " has no file");
      }
      return new AttachmentFolder(files, perCall);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "folder " + folder + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /** All files. */
  public List<Attachment> files() {
    return files;
  }

  /** The files for the next call. */
  public List<Attachment> next() {
    List<Attachment> some = new ArrayList<>(perCall);
    for (int i = 0; i < perCall; i++) {
      some.add(files.get(Math.floorMod(next.getAndIncrement(), files.size())));
    }
    return some;
  }
}
