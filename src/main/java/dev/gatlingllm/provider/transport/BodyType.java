package dev.gatlingllm.provider.transport;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What a body is, by its headers.
 *
 * @param media the content type in lower case, without parameters; empty if it did not come
 * @param encoding the content encoding in lower case; empty if there is none
 */
record BodyType(String media, String encoding) {

  static final BodyType UNKNOWN = new BodyType("", "");

  private static final int LONGEST = 80;

  static BodyType of(UnaryOperator<String> header) {
    String media = text(header, "content-type").replaceFirst(";.*", "").strip();
    String encoding = text(header, "content-encoding");
    return new BodyType(media, encoding.equals("identity") ? "" : encoding);
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
