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

/** A URL that {@link WebhookAddresses} have no objection to. */
@Constraint(validatedBy = WebhookUrl.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@interface WebhookUrl {

    String message() default "{job.webhook.url}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<WebhookUrl, @Nullable String> {

        private final WebhookAddresses addresses;

        Validator(WebhookAddresses addresses) {
            this.addresses = addresses;
        }

        @Override
        public boolean isValid(@Nullable String url, ConstraintValidatorContext context) {
            String objection = this.addresses.objection(url);
            context.unwrap(HibernateConstraintValidatorContext.class).addMessageParameter("objection", objection);
            return objection == null;
        }

    }

}
