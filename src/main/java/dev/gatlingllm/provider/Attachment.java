package dev.gatlingllm.provider;

import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file that goes with a message: image, document, audio or video. Immutable; its base64 form is
 * made once.
 *
 * <pre>{@code
 * Attachment.read(Path.of("feeders/attachments/chart.png"))
 * }</pre>
 */
public final class Attachment {

  /** What sort of file it is. */
  public enum Kind {
    IMAGE,
    DOCUMENT,
    AUDIO,
    VIDEO
  }

  private record Type(Kind kind, String format, String mediaType, String beginning) {}

  private static final Map<String, Type> TYPES = types();

  private final String name;
  private final Type type;
  private final byte[] bytes;
  private final String base64;

  private Attachment(String name, Type type, byte[] bytes, String base64) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
    this.base64 = base64;
  }

  private static Map<String, Type> types() {
    Map<String, Type> types = new TreeMap<>();
    types.put("png", new Type(Kind.IMAGE, "png", "image/png", "\u0089PNG"));
    types.put("jpg", new Type(Kind.IMAGE, "jpeg", "image/jpeg", "\u00ff\u00d8\u00ff"));
    types.put("jpeg", types.get("jpg"));
    types.put("gif", new Type(Kind.IMAGE, "gif", "image/gif", "GIF8"));
    types.put("webp", new Type(Kind.IMAGE, "webp", "image/webp", "RIFF"));
    types.put("pdf", new Type(Kind.DOCUMENT, "pdf", "application/pdf", "%PDF"));
    String office = "application/vnd.openxmlformats-officedocument.";
    types.put("docx", new Type(Kind.DOCUMENT, "docx", office + "wordprocessingml.document", "PK"));
    types.put("xlsx", new Type(Kind.DOCUMENT, "xlsx", office + "spreadsheetml.sheet", "PK"));
    types.put("csv", new Type(Kind.DOCUMENT, "csv", "text/csv", ""));
    types.put("html", new Type(Kind.DOCUMENT, "html", "text/html", ""));
    types.put("txt", new Type(Kind.DOCUMENT, "txt", "text/plain", ""));
    types.put("md", new Type(Kind.DOCUMENT, "md", "text/markdown", ""));
    types.put("wav", new Type(Kind.AUDIO, "wav", "audio/wav", "RIFF"));
    types.put("ogg", new Type(Kind.AUDIO, "ogg", "audio/ogg", "OggS"));
    // Frames and containers that begin in more ways than one are left to the service.
    types.put("mp3", new Type(Kind.AUDIO, "mp3", "audio/mpeg", ""));
    types.put("mp4", new Type(Kind.VIDEO, "mp4", "video/mp4", ""));
    types.put("mov", new Type(Kind.VIDEO, "mov", "video/quicktime", ""));
    types.put("webm", new Type(Kind.VIDEO, "webm", "video/webm", "\u001aE\u00df\u00a3"));
    return types;
  }

  /**
   * Reads a file; its name's ending says what it is.
   *
   * @throws IllegalArgumentException if it cannot be read, is empty, or is not what its name says;
   *     names the file
   */
  public static Attachment read(Path file) {
    try {
      return of(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "attachment " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * An attachment of these bytes.
   *
   * @param file the name of its file, with or without folders
   * @throws IllegalArgumentException as {@link #read} does
   */
  public static Attachment of(String file, byte[] bytes) {
    String name = Path.of(file).getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Type type = TYPES.get(ending);
    if (type == null) {
      throw new IllegalArgumentException(
          Figures.fill(
              "attachment %s must end in one of .%s", file, String.join(", .", TYPES.keySet())));
    }
    return of(file, name, type, bytes);
  }

  /**
   * An attachment whose name does not say what it is.
   *
   * @param name the name of its file, as the service is to get it
   * @param format such as {@code png}
   * @throws IllegalArgumentException if the format is not known, or the bytes are not of it
   */
  public static Attachment ofFormat(String name, String format, byte[] bytes) {
    Type type = TYPES.get(format);
    if (type == null) {
      throw new IllegalArgumentException(
          Figures.fill(
              "format must be one of %s, was %s", String.join(", ", TYPES.keySet()), format));
    }
    return of(name, name, type, bytes);
  }

  /**
   * An attachment of a media type.
   *
   * @param name the name of its file, as the service is to get it
   * @param mediaType such as {@code image/png}
   * @throws IllegalArgumentException if the media type is not known, or the bytes are not of it
   */
  public static Attachment ofMediaType(String name, String mediaType, byte[] bytes) {
    for (Type type : TYPES.values()) {
      if (type.mediaType().equals(mediaType)) {
        return of(name, name, type, bytes);
      }
    }
    throw new IllegalArgumentException(
        Figures.fill(
            "media type must be one of %s, was %s",
            TYPES.values().stream()
                .map(Type::mediaType)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ")),
            mediaType));
  }

  private static Attachment of(String file, String name, Type type, byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("attachment " + file + " is empty");
    }
    int length = Math.min(bytes.length, type.beginning().length());
    if (!new String(bytes, 0, length, StandardCharsets.ISO_8859_1).equals(type.beginning())) {
      throw new IllegalArgumentException(
          "attachment " + file + " does not begin as a " + type.format() + " file does");
    }
    return new Attachment(name, type, bytes.clone(), Base64.getEncoder().encodeToString(bytes));
  }

  /** The same file under another name, which the service is to get. */
  public Attachment named(String newName) {
    return new Attachment(newName, type, bytes, base64);
  }

  /** The name of its file. */
  public String name() {
    return name;
  }

  public Kind kind() {
    return type.kind();
  }

  /** Its format in a word, such as {@code jpeg} or {@code pdf}. */
  public String format() {
    return type.format();
  }

  /** Its media type, such as {@code image/jpeg}. */
  public String mediaType() {
    return type.mediaType();
  }

  /** How many bytes it has. */
  public int size() {
    return bytes.length;
  }

  /** Its bytes, not to be changed. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Its bytes in base64. */
  public String base64() {
    return base64;
  }

  /** Its bytes as an address: {@code data:image/png;base64,…}. */
  public String dataUrl() {
    return "data:" + type.mediaType() + ";base64," + base64;
  }

  /** Its bytes as the text that they are. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Its name and size; never what it holds. */
  @Override
  public String toString() {
    return name + " (" + bytes.length + " bytes)";
  }
}
