package dev.gatlingllm.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON values of a text, one after another: one document, one value in each line, or values
 * that follow one another in any other way. Nothing between or after them is passed over, and an
 * object that holds a field twice is refused. Confined to one thread.
 */
public final class JsonSequence {

  private static final int LONGEST_TEXT = 512 << 20;
  private static final JsonMapper JSON = JsonMapper.builder(factory()).build();
  private static final Pattern TWICE = Pattern.compile("Duplicate field '([\\w.$-]{1,40})'.*");

  private final JsonParser parser;
  private final long linesBefore;

  /**
   * A value.
   *
   * @param line where it begins, the first line of the file being 1
   * @param node the value
   */
  public record Value(long line, JsonNode node) {}

  /** Makes parsers that read texts as long as files have them, and each field of an object once. */
  public static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  /** The values of what follows so many lines of a file. The reader stays the caller's to close. */
  public JsonSequence(Reader reader, long linesBefore) throws IOException {
    this.parser = JSON.createParser(reader);
    this.linesBefore = linesBefore;
  }

  /**
   * All values of a text.
   *
   * @throws MalformedJsonException as {@link #next}
   */
  public static List<Value> all(String text) throws IOException {
    JsonSequence sequence = new JsonSequence(new StringReader(text), 0);
    List<Value> values = new ArrayList<>();
    for (Optional<Value> next = sequence.next(); next.isPresent(); next = sequence.next()) {
      values.add(next.get());
    }
    return values;
  }

  /**
   * The next value; empty at the end.
   *
   * @throws MalformedJsonException if what follows is no JSON value
   */
  public Optional<Value> next() throws IOException {
    long begin = linesBefore + 1;
    try {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      begin = linesBefore + parser.currentTokenLocation().getLineNr();
      return Optional.of(new Value(begin, parser.readValueAsTree()));
    } catch (JsonProcessingException e) {
      // Neither its message nor the exception is passed on: they quote the text, and so a prompt.
      throw malformed(e, begin);
    }
  }

  /** The line that was read last. */
  public long line() {
    return linesBefore + parser.currentLocation().getLineNr();
  }

  private MalformedJsonException malformed(JsonProcessingException e, long begin) {
    boolean placed = e.getLocation() != null;
    long line = placed ? linesBefore + e.getLocation().getLineNr() : begin;
    String column = placed ? "column " + e.getLocation().getColumnNr() : "an unknown column";
    // Outside of any value the error is where the next one would begin.
    long of = parser.getParsingContext().inRoot() ? line : begin;
    String at = line == of ? column : "line " + line + ", " + column;
    return new MalformedJsonException(of, found(e) + " at " + at);
  }

  private static String found(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "longer or deeper than can be read";
    }
    Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
    return twice.matches()
        ? "malformed (the field " + twice.group(1) + " stands twice)"
        : "malformed";
  }

  /** Text that is no JSON. Its message never quotes the text. */
  public static final class MalformedJsonException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    private MalformedJsonException(long line, String found) {
      super(found);
      this.line = line;
    }

    /** The line at which the value begins that cannot be read. */
    public long line() {
      return line;
    }
  }
}
