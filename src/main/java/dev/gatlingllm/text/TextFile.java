package dev.gatlingllm.text;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Opens text files as people have them: UTF-8, UTF-16 or UTF-32, with or without a byte order mark,
 * which is left out, and gzip of any of these.
 */
public final class TextFile {

  /** What every complaint says is accepted. */
  public static final String ACCEPTED = "text in UTF-8 or UTF-16, or such text in gzip";

  private static final int HEAD = 64;

  /** Replacement signs that a character of UTF-8 leaves if it is cut off. */
  private static final int MOST_CUT_OFF = 3;

  private static final Map<String, String> OTHERS =
      Map.of(
          "504b0304", "a ZIP archive",
          "28b52ffd", "Zstandard",
          "fd377a58", "xz",
          "425a68", "bzip2",
          "50415231", "Parquet",
          "25504446", "PDF");

  private TextFile() {}

  /**
   * Opens a file.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it cannot be read; {@link #complaint} says why
   */
  public static BufferedReader open(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new UnknownContentException("a folder");
    }
    if (attributes.isOther()) {
      // Opening a pipe waits for its writer, and a device such as /dev/zero never ends.
      throw new UnknownContentException("a pipe or a device");
    }
    InputStream bytes = Files.newInputStream(file);
    try {
      return reader(bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The text of bytes as they stand in a file. */
  static BufferedReader reader(InputStream bytes) throws IOException {
    InputStream plain = plain(new BufferedInputStream(bytes));
    byte[] head = head(plain);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (begins(head, other.getKey())) {
        throw new UnknownContentException(other.getValue());
      }
    }
    Encoding encoding = encoding(head);
    plain.skipNBytes(encoding.markBytes());
    return new BufferedReader(
        new WithoutNul(new InputStreamReader(plain, encoding.charset().newDecoder())));
  }

  /**
   * The whole text of a file.
   *
   * @throws IOException as {@link #open}
   */
  public static String read(Path file) throws IOException {
    try (Reader reader = open(file)) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }

  /**
   * The text of a file that is not plain UTF-8; empty if it is, so that a parser of UTF-8 may open
   * the file itself.
   *
   * @throws IOException as {@link #open}
   */
  public static Optional<String> recoded(Path file) throws IOException {
    String text = read(file);
    byte[] bytes = Files.readAllBytes(file);
    int mark = begins(bytes, "efbbbf") ? 3 : 0;
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(bytes, mark, bytes.length, plain, 0, plain.length)
        ? Optional.empty()
        : Optional.of(text);
  }

  /**
   * Says in words why a file cannot be read as text, such as {@code must be text in UTF-8 or
   * UTF-16, or such text in gzip, is a ZIP archive}; empty if neither its content nor the file
   * system is the reason.
   */
  public static Optional<String> complaint(IOException e) {
    if (e instanceof UnknownContentException) {
      return Optional.of("must be " + ACCEPTED + ", is " + e.getMessage());
    }
    if (e instanceof CharacterCodingException) {
      return Optional.of("must be " + ACCEPTED + ", holds other bytes");
    }
    if (e instanceof ZipException || e instanceof EOFException) {
      return Optional.of("must be " + ACCEPTED + ", is gzip that is damaged or cut off");
    }
    if (e instanceof AccessDeniedException) {
      return Optional.of("must be a file that can be read, permission is denied");
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return Optional.of("must be a file that can be read, failed: " + refused.getReason());
    }
    return Optional.empty();
  }

  private static InputStream plain(BufferedInputStream bytes) throws IOException {
    return begins(head(bytes), "1f8b")
        ? new BufferedInputStream(new GZIPInputStream(bytes))
        : bytes;
  }

  private static byte[] head(InputStream bytes) throws IOException {
    bytes.mark(HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    bytes.reset();
    return head;
  }

  private static boolean begins(byte[] head, String hex) {
    StringBuilder found = new StringBuilder();
    for (byte one : Arrays.copyOf(head, Math.min(head.length, hex.length() / 2))) {
      found
          .append(Character.forDigit(one >> 4 & 0xf, 16))
          .append(Character.forDigit(one & 0xf, 16));
    }
    return found.toString().equals(hex);
  }

  private record Encoding(Charset charset, int markBytes) {}

  private static Encoding encoding(byte[] head) {
    if (begins(head, "efbbbf")) {
      return new Encoding(StandardCharsets.UTF_8, 3);
    }
    if (begins(head, "fffe0000") || begins(head, "0000feff")) {
      return new Encoding(Charset.forName(head[0] == 0 ? "UTF-32BE" : "UTF-32LE"), 4);
    }
    if (begins(head, "fffe")) {
      return new Encoding(StandardCharsets.UTF_16LE, 2);
    }
    if (begins(head, "feff")) {
      return new Encoding(StandardCharsets.UTF_16BE, 2);
    }
    return new Encoding(withoutMark(head), 0);
  }

  /** UTF-16 makes a zero byte and another of each sign of ASCII; UTF-8 has no zero byte. */
  private static Charset withoutMark(byte[] head) {
    if (head.length < 2 || (head[0] == 0 && head[1] == 0)) {
      return StandardCharsets.UTF_8;
    }
    if (head[0] == 0 || head[1] == 0) {
      return head[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    boolean[] zeros = new boolean[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] |= head[i] == 0;
    }
    // The first signs may be of another script; text of UTF-8 may have been spoilt by zeros.
    if (zeros[0] == zeros[1] || isUtf8ButForZeros(head)) {
      return StandardCharsets.UTF_8;
    }
    return zeros[0] ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  private static boolean isUtf8ButForZeros(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    String whole = text.substring(0, Math.max(0, text.length() - MOST_CUT_OFF));
    return whole
        .chars()
        .allMatch(
            sign -> sign == 0 || Character.isWhitespace(sign) || (sign >= ' ' && sign != '\uFFFD'));
  }

  /** Refuses the sign that no text has: what has it is data, or was decoded wrongly. */
  private static final class WithoutNul extends FilterReader {

    private static final String NUL = "binary, or holds a NUL byte";

    WithoutNul(Reader reader) {
      super(reader);
    }

    @Override
    public int read() throws IOException {
      int sign = super.read();
      if (sign == 0) {
        throw new UnknownContentException(NUL);
      }
      return sign;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      for (int i = from; i < from + read; i++) {
        if (into[i] == 0) {
          throw new UnknownContentException(NUL);
        }
      }
      return read;
    }
  }

  /** A file of another kind; the message names it. */
  private static final class UnknownContentException extends IOException {

    private static final long serialVersionUID = 1;

    UnknownContentException(String kind) {
      super(kind);
    }
  }
}
