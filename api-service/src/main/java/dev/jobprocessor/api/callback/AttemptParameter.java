package dev.jobprocessor.api.callback;

import org.springframework.beans.propertyeditors.CustomNumberEditor;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Refuses an empty {@code attempt=} in a URL, which an expression leaves that found
 * nothing: it would count for whichever attempt is current.
 */
@ControllerAdvice(basePackageClasses = AttemptParameter.class)
class AttemptParameter {

    @InitBinder
    void refuseEmptyNumbers(WebDataBinder binder) {
        binder.registerCustomEditor(Integer.class, new CustomNumberEditor(Integer.class, false));
    }

}
