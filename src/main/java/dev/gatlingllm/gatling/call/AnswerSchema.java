package dev.gatlingllm.gatling.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A JSON schema that answers are checked by. Nothing is fetched for it. Thread-safe. */
public final class AnswerSchema {

  /** Why an answer that cannot be read is not valid. */
  public static final String NOT_JSON = "the answer is not JSON";

  /** Before the place in the schema at which an answer is not valid. */
  public static final String BROKEN_AT = "the answer breaks its schema at ";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Schema schema;

  private AnswerSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @param json the schema
   * @param what what it is called in an error, such as its file
   * @throws IllegalArgumentException if it is not JSON, not a schema, or refers to what is not in
   *     it
   */
  public static AnswerSchema of(String json, String what) {
    JsonNode node = parsed(json, what);
    if (!node.isObject() && !node.isBoolean()) {
      throw new IllegalArgumentException(
          what + " must be a JSON object, true or false, was " + node.getNodeType());
    }
    try {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              made -> made.schemaLoader(loader -> loader.fetchRemoteResources(false)));
      Schema schema = registry.getSchema(node);
      String dialect = schema.getSchemaContext().getDialect().getId();
      List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(node);
      if (!errors.isEmpty()) {
        throw unusable(what, errors.get(0).toString(), null);
      }
      schema.initializeValidators();
      // What a reference leads to is looked up by the first validation.
      schema.validate(JSON.nullNode());
      return new AnswerSchema(schema);
    } catch (SchemaException notASchema) {
      throw unusable(what, notASchema.getMessage(), notASchema);
    }
  }

  private static IllegalArgumentException unusable(String what, String why, Throwable cause) {
    return new IllegalArgumentException(
        what + " is no JSON schema that can be used: " + why, cause);
  }

  /**
   * Reads a schema from a file.
   *
   * @throws IllegalArgumentException naming the file
   */
  public static AnswerSchema read(Path file) {
    try {
      return of(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException("the schema " + file + " cannot be read: " + e, e);
    }
  }

  private static JsonNode parsed(String json, String what) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.isMissingNode()) {
        throw new IllegalArgumentException(what + " is empty; a JSON schema is expected");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          what
              + " is not JSON, line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr(),
          e);
    }
  }

  /**
   * Why an answer is not valid: that it is not JSON, or the first place in the schema that it
   * breaks, without a value or a name of its own; absent if it is valid.
   */
  public Optional<String> violation(String answer) {
    JsonNode node;
    try {
      node = JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      return Optional.of(NOT_JSON);
    }
    if (node.isMissingNode()) {
      return Optional.of(NOT_JSON);
    }
    List<Error> errors = schema.validate(node);
    return errors.stream().findFirst().map(error -> BROKEN_AT + error.getSchemaLocation());
  }
}
