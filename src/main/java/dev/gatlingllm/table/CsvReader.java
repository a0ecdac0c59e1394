package dev.gatlingllm.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV as in RFC 4180, row by row: between quotes stand commas, quotes and line ends. Leaves
 * out blank lines. Confined to one thread.
 */
public final class CsvReader {

  private static final CsvMapper CSV = new CsvMapper();
  private static final ObjectReader ROWS =
      CSV.readerFor(String[].class)
          .with(CsvParser.Feature.WRAP_AS_ARRAY)
          .with(CsvParser.Feature.SKIP_EMPTY_LINES);

  private final MappingIterator<String[]> rows;
  private final long linesBefore;
  private long line;

  /**
   * A row.
   *
   * @param line where it begins, the first line of the file being 1
   * @param cells at least one, white space and all
   */
  public record Row(long line, List<String> cells) {

    /** The cells without white space around them. */
    public List<String> stripped() {
      return cells.stream().map(String::strip).toList();
    }
  }

  /** Reads what follows so many lines of a file. The reader stays the caller's to close. */
  public CsvReader(Reader reader, long linesBefore) throws IOException {
    this(reader, linesBefore, ',');
  }

  /** As the other, with another separator than a comma. */
  public CsvReader(Reader reader, long linesBefore, char separator) throws IOException {
    this.rows =
        ROWS.with(CSV.schemaFor(String[].class).withColumnSeparator(separator)).readValues(reader);
    this.linesBefore = linesBefore;
  }

  /**
   * Which of comma, semicolon and tab stands most often in a line, outside of quotes; of equals the
   * one that is rarer in texts.
   */
  public static char separator(String line) {
    String bare = line.replaceAll("\"[^\"]*\"", "");
    char most = ',';
    for (char sign : new char[] {';', '\t'}) {
      if (count(bare, sign) > 0 && count(bare, sign) >= count(bare, most)) {
        most = sign;
      }
    }
    return most;
  }

  private static long count(String text, char sign) {
    return text.chars().filter(one -> one == sign).count();
  }

  /**
   * The next row; empty at the end.
   *
   * @throws CsvException if a quote is left open, or text follows one that closes
   */
  public Optional<Row> next() throws IOException {
    try {
      if (!rows.hasNextValue()) {
        return Optional.empty();
      }
      line = linesBefore + rows.getParser().currentLocation().getLineNr();
      return Optional.of(new Row(line, List.of(rows.nextValue())));
    } catch (JsonProcessingException e) {
      throw new CsvException(line);
    }
  }

  /** The line at which the row begins that was read last, or could not be read. */
  public long line() {
    return line;
  }

  /** A row that is no CSV. */
  public static final class CsvException extends IOException {

    private static final long serialVersionUID = 1;

    private CsvException(long line) {
      super("line " + line + ": row must be cells that stand in quotes as a whole or not at all");
    }
  }
}
