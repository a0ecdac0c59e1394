package dev.gatlingllm.provider.transport;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a body is, by its headers.
 *
 * @param media the content type in lower case, without parameters; empty if it did not come
 * @param encoding the content encoding in lower case; empty if there is none that is known
 */
record BodyType(String media, String encoding) {

  static final BodyType UNKNOWN = new BodyType("", "");

  private static final int LONGEST = 80;

  /** IANA's registry. Servers also send {@code none} or {@code utf-8}, which code nothing. */
  private static final Set<String> CODINGS =
      Set.of(
          "aes128gcm",
          "br",
          "compress",
          "dcb",
          "dcz",
          "deflate",
          "exi",
          "gzip",
          "pack200-gzip",
          "x-compress",
          "x-gzip",
          "zstd");

  static BodyType of(UnaryOperator<String> header) {
    String media = text(header, "content-type").replaceFirst(";.*", "").strip();
    String encoding =
        Stream.of(text(header, "content-encoding").split(","))
            .map(String::strip)
            .filter(CODINGS::contains)
            .collect(Collectors.joining(", "));
    return new BodyType(media, encoding);
  }

  private static String text(UnaryOperator<String> header, String name) {
    String value = header.apply(name);
    String text = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    return text.substring(0, Math.min(LONGEST, text.length()));
  }

  /** Such as {@code 512 bytes (text/html)}. */
  String ofBytes(long bytes) {
    String compressed = encoding.isEmpty() ? "" : ", compressed with " + encoding;
    String named = media.isEmpty() && !compressed.isEmpty() ? "no content type" : media;
    return bytes + " bytes" + (named.isEmpty() ? "" : " (" + named + compressed + ")");
  }
}
