package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of folders made from data, such as the value of a label. Two texts never have the same
 * name, and no name leads out of its folder: letters, digits, {@code _}, {@code -} and {@code .}
 * stay, but for a dot at either end; every other byte is written as in a URL, {@code %2F}.
 */
final class FolderName {

  /** File systems allow 255 bytes. */
  private static final int LONGEST = 180;

  private static final int KEPT_OF_LONG = 120;

  private FolderName() {}

  /** The name for a text. One that is too long ends in a hash of the text instead. */
  static String of(String text) {
    StringBuilder name = new StringBuilder();
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      boolean atEnd = i == 0 || i == bytes.length - 1;
      if (isPlain(bytes[i]) || (bytes[i] == '.' && !atEnd)) {
        name.append((char) bytes[i]);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
      }
    }
    if (name.isEmpty()) {
      return "%";
    }
    return name.length() <= LONGEST
        ? name.toString()
        : name.substring(0, KEPT_OF_LONG) + hash(bytes);
  }

  /**
   * Makes the folder of a text, which must be new: where its name is taken, such as by a file of
   * the run, or by a text that differs in case only where the file system does not see that, it
   * ends in {@code %.2}, which no name of a text does.
   */
  static Path create(Path parent, String text) throws IOException {
    return createFree(parent, of(text), "%.");
  }

  /** Makes the folder of this name, or the first free one of {@code name + mark + 2, 3, …}. */
  static Path createFree(Path parent, String name, String mark) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(parent.resolve(number == 1 ? name : name + mark + number));
      } catch (FileAlreadyExistsException ignored) {
        // the next one
      }
    }
  }

  private static boolean isPlain(byte unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || unit == '-'
        || unit == '_';
  }

  private static String hash(byte[] bytes) {
    try {
      return "%~"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
