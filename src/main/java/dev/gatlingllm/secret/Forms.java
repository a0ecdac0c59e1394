package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The forms in which a secret comes back: as it is, in base64 (alone or in the middle of a longer
 * encoded text), and each of these encoded for a URL, for JSON or for HTML.
 */
final class Forms {

  private static final int BITS_PER_BYTE = 8;
  private static final int BITS_PER_CHAR = 6;

  /** Characters that some writers of JSON escape although they need not. */
  private static final String CAREFUL_JSON = "&'<>+`";

  private Forms() {}

  /** All forms that differ; the shortest has as many characters as the value. */
  static Set<String> of(String value) {
    Set<String> forms = new LinkedHashSet<>();
    for (String plain : inBase64(value)) {
      forms.add(plain);
      forms.addAll(inUrl(plain));
      forms.addAll(inJson(plain));
      forms.addAll(inHtml(plain));
    }
    // Bytes are searched as if each were a character.
    List.copyOf(forms).forEach(form -> forms.add(new String(form.getBytes(UTF_8), ISO_8859_1)));
    return forms;
  }

  /** The value, and the part of any base64 text around it that depends on the value alone. */
  private static List<String> inBase64(String value) {
    List<String> forms = new ArrayList<>(List.of(value));
    byte[] bytes = value.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      int from = (before * BITS_PER_BYTE + BITS_PER_CHAR - 1) / BITS_PER_CHAR;
      int to = shifted.length * BITS_PER_BYTE / BITS_PER_CHAR;
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        forms.add(encoded.substring(from, to));
        // The last character too where nothing follows the value.
        forms.add(encoded.substring(from));
      }
    }
    return forms;
  }

  private static List<String> inUrl(String plain) {
    String form = URLEncoder.encode(plain, UTF_8);
    String strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    // A query that is quoted in another one is encoded twice.
    String twice = URLEncoder.encode(strict, UTF_8);
    return List.of(form, lowerHex(form), strict, lowerHex(strict), twice);
  }

  private static String lowerHex(String encoded) {
    StringBuilder lower = new StringBuilder(encoded);
    for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
      lower.replace(at, at + 3, encoded.substring(at, at + 3).toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  private static List<String> inJson(String plain) {
    String least = json(plain, "", "%04x");
    List<String> forms = new ArrayList<>(List.of(least, least.replace("/", "\\/")));
    for (String hex : List.of("%04x", "%04X")) {
      forms.add(json(plain, "", hex));
      forms.add(json(plain, CAREFUL_JSON, hex));
      forms.add(asciiOnly(json(plain, "", hex), hex));
      forms.add(asciiOnly(json(plain, CAREFUL_JSON, hex), hex));
    }
    // A body that is quoted in a message is escaped twice.
    List.copyOf(forms).forEach(form -> forms.add(json(form, "", "%04x")));
    return forms;
  }

  private static String json(String plain, String careful, String hex) {
    return mapped(
        plain,
        c ->
            switch (c) {
              case '"' -> careful.isEmpty() ? "\\\"" : unicode(c, hex);
              case '\\' -> "\\\\";
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              case '\t' -> "\\t";
              default ->
                  c < ' ' || careful.indexOf(c) >= 0 ? unicode(c, hex) : Character.toString(c);
            });
  }

  private static String asciiOnly(String text, String hex) {
    return mapped(text, c -> c < 0x7f ? Character.toString(c) : unicode(c, hex));
  }

  private static String unicode(int c, String hex) {
    return "\\u" + String.format(Locale.ROOT, hex, c);
  }

  private static List<String> inHtml(String plain) {
    List<String> forms = new ArrayList<>();
    for (String quote : List.of("&quot;", "&#34;", "&#x22;")) {
      for (String apostrophe : List.of("'", "&#39;", "&#039;", "&#x27;", "&apos;")) {
        String basic =
            plain
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", quote)
                .replace("'", apostrophe);
        forms.add(basic);
        forms.add(basic.replace("/", "&#x2F;"));
        forms.add(basic.replace("/", "&#x2F;").replace("=", "&#x3D;").replace("`", "&#x60;"));
        forms.add(basic.replace("+", "&#43;"));
        forms.add(basic.replace("+", "&#x2B;"));
      }
    }
    return forms;
  }

  private static String mapped(String text, IntFunction<String> each) {
    StringBuilder result = new StringBuilder();
    text.chars().mapToObj(each).forEach(result::append);
    return result.toString();
  }
}
