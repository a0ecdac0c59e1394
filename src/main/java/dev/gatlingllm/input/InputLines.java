package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.table.CsvReader;
import dev.gatlingllm.table.JsonSequence;
import dev.gatlingllm.text.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of a text file, one at a time, with their numbers. Leaves out a byte order mark, line
 * ends of any system, and blank lines; reads what {@link TextFile} reads. Confined to one thread.
 */
public final class InputLines implements AutoCloseable {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final BufferedReader reader;
  private final String name;
  private int number;

  public InputLines(Reader reader, String name) {
    this.reader = new BufferedReader(reader);
    this.name = name;
  }

  /**
   * Opens a file.
   *
   * @throws InputException naming the file, if it cannot be read
   */
  public static InputLines open(Path file) {
    try {
      return new InputLines(TextFile.open(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file");
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** The file's name as it stands in messages. */
  public String name() {
    return name;
  }

  /** The next line that is not blank; empty at the end of the file. */
  public Optional<Line> next() {
    String text = read();
    while (text != null && text.isBlank()) {
      text = read();
    }
    return text == null ? Optional.empty() : Optional.of(new Line(name + " line " + number, text));
  }

  /** The next line, blank or not; empty at the end of the file. */
  Optional<String> raw() {
    return Optional.ofNullable(read());
  }

  /** The rows of CSV in the lines that follow. */
  Stream<Cells> cells() {
    return cells(',');
  }

  /** The rows of CSV with this separator in the lines that follow. */
  Stream<Cells> cells(char separator) {
    try {
      CsvReader csv = new CsvReader(reader, number, separator);
      return Stream.generate(() -> next(csv)).takeWhile(Optional::isPresent).map(Optional::get);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private Optional<Cells> next(CsvReader csv) {
    try {
      return csv.next().map(row -> new Cells(new Line(name + " line " + row.line(), ""), row));
    } catch (CsvReader.CsvException e) {
      throw new InputException(name + " " + e.getMessage());
    } catch (IOException e) {
      throw unreadable(name + " after line " + csv.line(), e);
    }
  }

  /** The JSON values of the whole file, which must not have been read from. */
  Stream<Json> json() {
    return json(reader, 0);
  }

  /** The JSON values of the lines that follow, and of this one, which was read last. */
  Stream<Json> json(Line last) {
    try {
      PushbackReader whole = new PushbackReader(reader, last.text().length() + 1);
      whole.unread('\n');
      whole.unread(last.text().toCharArray());
      return json(whole, number - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private Stream<Json> json(Reader from, long linesBefore) {
    try {
      JsonSequence values = new JsonSequence(from, linesBefore);
      return Stream.generate(() -> next(values)).takeWhile(Optional::isPresent).map(Optional::get);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private Optional<Json> next(JsonSequence values) {
    try {
      return values
          .next()
          .map(value -> new Json(new Line(name + " line " + value.line(), ""), value.node()));
    } catch (JsonSequence.MalformedJsonException e) {
      throw InputException.of(
          name + " line " + e.line(), "text", "JSON with each field once", e.getMessage());
    } catch (IOException e) {
      throw unreadable(name + " after line " + values.line(), e);
    }
  }

  private static InputException unreadable(String place, IOException e) {
    String why =
        TextFile.complaint(e)
            .orElse("must be a file that can be read, failed: " + e.getClass().getSimpleName());
    return new InputException(place + ": " + why);
  }

  private String read() {
    try {
      number++;
      String text = reader.readLine();
      boolean marked = number == 1 && text != null && text.startsWith(BYTE_ORDER_MARK);
      return marked ? text.substring(BYTE_ORDER_MARK.length()) : text;
    } catch (IOException e) {
      throw unreadable(name + " near line " + number, e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * One line.
   *
   * @param place file and number, for messages
   * @param text the line without its end
   */
  public record Line(String place, String text) {

    /** A complaint about one of the line's fields. */
    public InputException wrong(String field, String accepted, String value) {
      return InputException.of(place, field, accepted, value);
    }
  }

  /**
   * A row of CSV.
   *
   * @param place at which it begins
   */
  record Cells(Line place, CsvReader.Row row) {}

  /**
   * A JSON value.
   *
   * @param place at which it begins
   */
  record Json(Line place, JsonNode node) {}
}
