"""The portal's own figures: counted from what employers and jobcentres do here, and delivered as any others.

All are effort. Jobindsats has the degree of cooperation and the vacancies under service to companies, which
is effort too; and the framework conditions we know are the residents', so that nothing could be expected of a
jobcentre from them. They are shown and followed over time, never held against anyone.
"""
