package dev.jobprocessor.api.jobs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** One of {@link JobQueues}, or null. */
@Constraint(validatedBy = KnownQueue.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@interface KnownQueue {

    String message() default "{job.queue}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Names those that there are. */
    class Validator implements ConstraintValidator<KnownQueue, @Nullable String> {

        private final JobQueues queues;

        Validator(JobQueues queues) {
            this.queues = queues;
        }

        @Override
        public boolean isValid(@Nullable String queue, ConstraintValidatorContext context) {
            context.unwrap(HibernateConstraintValidatorContext.class)
                .addMessageParameter("queues", String.join(", ", this.queues.queues()));
            return queue == null || this.queues.contains(queue);
        }

    }

}
