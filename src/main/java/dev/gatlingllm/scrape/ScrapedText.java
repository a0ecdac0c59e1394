package dev.gatlingllm.scrape;

import dev.gatlingllm.record.ServerScrape.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus' text format 0.0.4 and OpenMetrics 1.0, as model servers answer {@code GET /metrics}.
 * A line that is neither is counted and left out; so is a value that is not finite, without being
 * counted. Timestamps and exemplars are not read.
 *
 * @param samples in the order of the text
 * @param badLines lines that are no metrics text
 */
public record ScrapedText(List<Sample> samples, int badLines) {

  private static final String BLANKS = " \t";
  private static final List<String> SUFFIXES = List.of("_total", "_sum", "_count", "_bucket");

  /** Copies the list. */
  public ScrapedText {
    samples = List.copyOf(samples);
  }

  /** Reads a text. */
  public static ScrapedText of(String text) {
    Map<String, String> types = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    int bad = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String content = line.strip();
      if (content.startsWith("#")) {
        String[] words = content.split("[ \t]+", 4);
        if (words.length == 4 && words[1].equals("TYPE")) {
          types.put(words[2], words[3]);
        }
      } else if (!content.isEmpty()) {
        try {
          Sample sample = new Line(content).sample(types);
          if (Double.isFinite(sample.value())) {
            samples.add(sample);
          }
        } catch (MalformedLineException malformed) {
          bad++;
        }
      }
    }
    return new ScrapedText(samples, bad);
  }

  /** Whether this was metrics text: an empty one is, as of a server that nobody has called yet. */
  public boolean isValid() {
    return badLines == 0 || samples.size() > badLines;
  }

  private static String typeOf(String name, Map<String, String> types) {
    String type = types.get(name);
    for (int i = 0; type == null && i < SUFFIXES.size(); i++) {
      String suffix = SUFFIXES.get(i);
      if (name.endsWith(suffix)) {
        type = types.get(name.substring(0, name.length() - suffix.length()));
      }
    }
    return type == null ? "" : type;
  }

  private static final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** One line, read from left to right. */
  private static final class Line {

    private final String text;
    private int at;

    Line(String text) {
      this.text = text;
    }

    Sample sample(Map<String, String> types) throws MalformedLineException {
      String name = name();
      Map<String, String> labels = new LinkedHashMap<>();
      skipBlanks();
      if (takes('{')) {
        labels(labels);
      }
      skipBlanks();
      return new Sample(name, typeOf(name, types), labels, value());
    }

    private String name() throws MalformedLineException {
      int begin = at;
      while (at < text.length() && isOfName(text.charAt(at), at > begin)) {
        at++;
      }
      require(at > begin);
      return text.substring(begin, at);
    }

    private static boolean isOfName(char c, boolean later) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || c == '_'
          || c == ':'
          || (later && c >= '0' && c <= '9');
    }

    private void labels(Map<String, String> labels) throws MalformedLineException {
      skipBlanks();
      while (!takes('}')) {
        String name = name();
        skipBlanks();
        require(takes('='));
        skipBlanks();
        require(takes('"'));
        labels.put(name, quoted());
        skipBlanks();
        if (!takes(',')) {
          require(at < text.length() && text.charAt(at) == '}');
        }
        skipBlanks();
      }
    }

    private String quoted() throws MalformedLineException {
      StringBuilder value = new StringBuilder();
      while (true) {
        require(at < text.length());
        char c = text.charAt(at++);
        if (c == '"') {
          return value.toString();
        }
        if (c == '\\' && at < text.length()) {
          char escaped = text.charAt(at++);
          value.append(escaped == 'n' ? '\n' : escaped);
        } else {
          value.append(c);
        }
      }
    }

    private double value() throws MalformedLineException {
      int begin = at;
      while (at < text.length() && BLANKS.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String number = text.substring(begin, at);
      return switch (number) {
        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> parsed(number);
      };
    }

    private static double parsed(String number) throws MalformedLineException {
      // Java's own endings of numbers, as in 1f, are none here.
      if (number.isEmpty() || Character.isLetter(number.charAt(number.length() - 1))) {
        if (number.equalsIgnoreCase("nan")) {
          return Double.NaN;
        }
        throw new MalformedLineException();
      }
      try {
        return Double.parseDouble(number);
      } catch (NumberFormatException e) {
        throw new MalformedLineException();
      }
    }

    private boolean takes(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private void skipBlanks() {
      while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private static void require(boolean holds) throws MalformedLineException {
      if (!holds) {
        throw new MalformedLineException();
      }
    }
  }
}
