package dev.gatlingllm.record;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The field that a record's component is in a line of JSON; see {@link LineFormat}. A component
 * without this annotation is a field of its own name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface LineField {

  /** Name of the field; by default that of the component. */
  String value() default "";

  /** Name of the field in lines of an earlier schema version; by default it had the same. */
  String formerly() default "";

  /** When the field is in the line. */
  Presence presence() default Presence.BY_TYPE;

  /** Whether the text may quote what a call sent, which must then be hidden. */
  boolean quotes() default false;

  /** When a field is in a line. */
  enum Presence {
    /** A number, flag or outcome always; a text, list, map or optional unless it is empty. */
    BY_TYPE,
    /** Always: a line without it is refused. */
    ALWAYS,
    /** Unless it is empty, 0 or false. */
    UNLESS_EMPTY
  }
}
